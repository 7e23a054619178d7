"""The stepper as people use it: by keyboard alone through an evaluation, with edited policies, and across accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import Lab, end_kernels, write_notebook
from tests.browser.notebook import Notebook
from tests.browser.test_exercise import tab_to
from tests.browser.test_looks import SIDEBAR, serious

pytestmark = pytest.mark.browser

SETUP = """
from iamlab import stepper

ROLE = "arn:aws:iam::111122223333:role/TrainingRole"
BUCKET = "arn:aws:s3:::ml-training-data-bucket"

def document(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}

def allow(action, resource="*", **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}

FULL = document(allow("*"))
NO_REGION = {"Effect": "Deny", "Action": "s3:*", "Resource": "*",
             "Condition": {"StringEquals": {"aws:RequestedRegion": "us-west-2"}}}
OWN = {"Condition": {"StringEquals": {"s3:prefix": "train/"}}}
ACCOUNT = {
    "accounts": {
        "111122223333": {
            "roles": {"TrainingRole": {
                "policies": [
                    document(allow(["s3:GetObject", "s3:PutObject"], f"{BUCKET}/*"), allow("s3:ListBucket", BUCKET, **OWN)),
                    document(allow("sagemaker:CreateTrainingJob"), allow("sagemaker:DescribeTrainingJob")),
                ],
                "permissions_boundary": document(allow(["s3:GetObject", "s3:ListBucket", "sagemaker:*"])),
            }},
            "users": {"maya": {"policies": [document(allow("s3:*", f"{BUCKET}/*"))]}},
            "resources": {BUCKET: {"policy": document({
                "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/maya"},
                "Action": "s3:GetObject", "Resource": f"{BUCKET}/*",
            })}},
            "scp": ["FullAWSAccess", document(NO_REGION)],
        },
    },
}
WRITE = {"principal": ROLE, "action": "s3:PutObject", "resource": f"{BUCKET}/model.tar.gz", "organization": ACCOUNT}
LIST = {"title": "The role lists the bucket", "action": "s3:ListBucket", "resource": BUCKET}
MAYA = {"title": "Maya reads", "principal": "arn:aws:iam::111122223333:user/maya", "action": "s3:GetObject", "resource": f"{BUCKET}/train.csv"}
PULL = {
    "principal": ROLE, "action": "ecr:BatchGetImage",
    "resource": "arn:aws:ecr:eu-west-1:444455556666:repository/base-images",
    "policies": {
        "identity": [document(allow(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]))],
        "scp": [[FULL], [FULL]],
        "resource": document({"Sid": "PullFromBuildAccount", "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::777788889999:root"},
            "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]}),
    },
}
""".strip()
CELLS = {
    "own": 'stepper(WRITE, requests=[{"title": "The role writes a model"}, LIST, MAYA], name="own")',
    "predict": 'stepper(WRITE, predict=True, name="predict")',
    "cross": 'stepper(PULL, name="cross")',
}
SIZES = [(1280, 1300), (800, 1700)]


@pytest.fixture(scope="module")
def book(lab: Lab, shared_page: Page) -> Iterator[Notebook]:
    """A notebook with steppers, which the tests of this file share in their order."""
    write_notebook(lab.folder / "steppers.ipynb", [SETUP, *CELLS.values()])
    book = Notebook(shared_page, lab.address("steppers.ipynb"))
    shared_page.evaluate(SIDEBAR)
    book.run_all()
    yield book
    end_kernels(lab)
    assert book.faults == []


@pytest.fixture
def root(book: Notebook) -> Callable[[str], Locator]:
    """Brings a stepper into sight."""

    def find(name: str) -> Locator:
        found = book.page.locator(f'.iam[data-stepper="stepper {name}"]')
        expect(found).to_be_attached(timeout=30_000)
        found.evaluate("root => root.scrollIntoView()")
        found.evaluate("root => root.focus()")
        return found

    return find


def heading(root: Locator) -> Locator:
    """The step that is looked at."""
    return root.locator(".iam-detail h3")


def to_the_end(root: Locator) -> None:
    """Go to the deciding step by its key."""
    root.locator("li[aria-current] > button").press("End")


def test_by_keyboard(book: Notebook, root: Callable[[str], Locator]) -> None:
    """Arrow keys go step by step, End to the deciding step; Enter goes into the policy, Escape back."""
    page, stepper = book.page, root("own")
    steps = stepper.get_by_role("list", name="Steps of the evaluation order").get_by_role("button")
    expect(steps).to_have_count(9)
    tab_to(page, steps.first)
    expect(heading(stepper)).to_have_text("1Deny evaluation")
    page.keyboard.press("ArrowRight")
    expect(heading(stepper)).to_have_text("2Organizations RCPs")
    expect(steps.nth(1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(stepper.locator(".place")).to_have_text("Step 1 of 9")
    page.keyboard.press("End")
    expect(heading(stepper)).to_have_text("8Permissions boundary")
    expect(stepper.locator(".iam-running")).to_contain_text("Implicit deny")
    expect(stepper.locator("li[aria-current]")).to_contain_text("decides: implicit deny")
    expect(stepper.locator(".iam-result")).to_contain_text("add this to the permissions boundary")
    expect(stepper.locator(".cm-line .m-miss").first).to_contain_text("s3:GetObject")
    expect(stepper.locator(".iam-el .iam-no")).to_have_count(1)
    expect(stepper.locator(":scope > .sr[role=status]")).to_contain_text("Step 8 of 9, Permissions boundary")
    page.keyboard.press("Enter")
    expect(stepper.get_by_role("textbox", name="Permissions boundary, JSON")).to_be_focused()
    page.keyboard.press("Escape")
    expect(steps.nth(7)).to_be_focused()
    assert book.mode() == "command"
    assert book.cells() == 4


def test_edit(book: Notebook, root: Callable[[str], Locator]) -> None:
    """An edited policy runs again at once, the step stays; while it cannot be read the picture says so."""
    page, stepper = book.page, root("own")
    to_the_end(stepper)
    policy = stepper.get_by_role("textbox", name="Permissions boundary, JSON")
    policy.focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("{")
    expect(stepper.locator(".iam-notice")).to_contain_text("The picture is of before this change")
    expect(stepper.locator(".iam-problems li")).to_have_count(1)
    expect(heading(stepper)).to_have_text("8Permissions boundary")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text('{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}')
    expect(stepper.locator(".end")).to_have_text("Allowed")
    expect(stepper.locator(".iam-problems li")).to_have_count(0)
    expect(heading(stepper)).to_have_text("8Permissions boundary")
    expect(policy).to_be_focused()
    expect(stepper.locator(".cm-line.w-allowed")).to_have_count(1)
    stepper.get_by_role("button", name="Reset").click()
    expect(stepper.locator(".end")).to_have_text("Implicit deny")


def test_shuffle(book: Notebook, root: Callable[[str], Locator]) -> None:
    """Statements in another order move nothing, and that is said."""
    stepper = root("own")
    stepper.get_by_role("button", name="Shuffle statements").click()
    expect(stepper.locator(".said")).to_contain_text("the decision stays implicit deny. Order decides nothing.")
    expect(stepper.locator(".end")).to_have_text("Implicit deny")
    steps = stepper.get_by_role("list", name="Steps of the evaluation order").get_by_role("button")
    steps.nth(6).click()
    text = stepper.get_by_role("textbox", name="Identity-based policy 1, JSON").inner_text()
    assert text.index("s3:ListBucket") < text.index("s3:GetObject")
    stepper.get_by_role("button", name="Reset").click()


def test_context_key(book: Notebook, root: Callable[[str], Locator]) -> None:
    """A key that a policy asks about is absent at first; with a value, the condition holds."""
    stepper = root("own")
    stepper.get_by_role("combobox", name="Request", exact=True).select_option("The role lists the bucket")
    row = stepper.get_by_role("row").filter(has_text="s3:prefix")
    expect(row.get_by_text("not in the request")).to_be_visible()
    expect(stepper.locator(".end")).to_have_text("Implicit deny")
    row.get_by_text("value", exact=True).click()
    row.get_by_role("textbox").fill("train/")
    expect(stepper.locator(".end")).to_have_text("Allowed")
    row.get_by_text("empty", exact=True).click()
    expect(row.get_by_text("in the request, with an empty value")).to_be_visible()
    expect(stepper.locator(".end")).to_have_text("Implicit deny")
    row.get_by_text("absent", exact=True).click()
    expect(row.get_by_text("not in the request")).to_be_visible()


def test_other_requests(book: Notebook, root: Callable[[str], Locator]) -> None:
    """Who asks is chosen from the model, or written; whom nobody knows is said in words."""
    stepper = root("own")
    stepper.get_by_role("combobox", name="Request", exact=True).select_option("Maya reads")
    expect(stepper.locator(".end")).to_have_text("Allowed")
    expect(stepper.locator("li.decided")).to_contain_text("names the caller?")
    principal = stepper.get_by_role("combobox", name="Principal")
    principal.select_option("Write another …")
    written = stepper.get_by_role("textbox", name="Principal")
    expect(written).to_be_focused()
    written.fill("arn:aws:iam::111122223333:user/sam")
    expect(stepper.locator(".iam-notice")).to_contain_text("has no user sam")
    stepper.get_by_role("button", name="Choose").click()
    expect(stepper.locator(".iam-notice")).to_be_empty()
    stepper.get_by_role("button", name="Reset").click()


def test_predict(book: Notebook, root: Callable[[str], Locator]) -> None:
    """Each step waits for an answer; then it says how the two compare. Nothing of what follows is shown before."""
    page, stepper = book.page, root("predict")
    shown = stepper.get_by_role("button", name="Show the step's answer")
    expect(stepper.locator(".end")).to_have_text("Not decided")
    tab_to(page, stepper.locator("li[aria-current] > button"))
    page.keyboard.press("Enter")
    expect(stepper.get_by_role("radio", name="goes on")).to_be_focused()
    page.keyboard.press("Space")
    tab_to(page, shown)
    page.keyboard.press("Enter")
    expect(stepper.locator(".iam-predict")).to_have_text("Your answer, goes on, matches.")
    expect(stepper.locator(".iam-running")).to_contain_text("Not decided")
    expect(stepper.locator("li[aria-current] > button")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(heading(stepper)).to_have_text("2Organizations RCPs")
    expect(stepper.get_by_role("button", name="Next")).to_have_attribute("aria-disabled", "true")
    for _ in range(6):
        if shown.is_visible():
            stepper.get_by_text("goes on", exact=True).click()
            shown.click()
            expect(shown).to_be_hidden()
        stepper.get_by_role("button", name="Next").click()
    expect(heading(stepper)).to_have_text("8Permissions boundary")
    stepper.get_by_text("goes on", exact=True).click()
    shown.click()
    expect(stepper.locator(".iam-predict")).to_have_text("Your answer: goes on. What happens: implicit deny.")
    expect(stepper.locator(".end")).to_have_text("Implicit deny")
    stepper.get_by_role("button", name="Reset").click()


def test_across_accounts(book: Notebook, root: Callable[[str], Locator]) -> None:
    """Two rails, one for each account; the side that allows stays visible as such."""
    stepper = root("cross")
    expect(stepper.locator(".end")).to_have_text(["This side allows", "This side does not"])
    expect(stepper.locator(".iam-verdict")).to_contain_text("Implicit deny")
    stepper.get_by_role("button", name="Why not allowed?").click()
    expect(heading(stepper)).to_contain_text("Resource-based policies")
    expect(heading(stepper)).to_contain_text("in 444455556666")
    expect(stepper.locator(".iam-result")).to_contain_text("add this to the resource's policy")
    policy = stepper.get_by_role("textbox", name="Resource-based policy, JSON")
    text = policy.evaluate("content => content.cmTile.view.state.doc.toString()")
    policy.focus()
    book.page.keyboard.press("Control+a")
    book.page.keyboard.insert_text(text.replace("777788889999", "111122223333"))
    expect(stepper.locator(".end")).to_have_text(["This side allows", "This side allows"])
    stepper.get_by_role("button", name="Reset").click()


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_looks(book: Notebook, root: Callable[[str], Locator], screenshots: Path, theme: str) -> None:
    """No stepper has a serious fault in either theme at either width, and each fits its cell."""
    book.theme(theme)
    for width, height in SIZES:
        book.page.set_viewport_size({"width": width, "height": height})
        for name in CELLS:
            stepper = root(name)
            to_the_end(stepper)
            stepper.evaluate("root => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            size = "" if width == 1280 else f"-{width}"
            stepper.screenshot(path=screenshots / f"stepper-{name}{size}-{theme.lower()}.png")
            assert stepper.evaluate("root => root.scrollWidth <= root.clientWidth"), (name, width)
        assert serious(Axe().run(book.page, context=".iam").response) == [], width
    book.page.set_viewport_size({"width": 1280, "height": 1000})
    book.theme("Light")

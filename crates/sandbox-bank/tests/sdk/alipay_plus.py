"""Worldline's own Python SDK drives the sandbox's aggregator: the judge of the stand-in is not ours.

usage: alipay_plus.py SANDBOX_BANK_PROGRAM

Prints one line per check and, last, `test result: ok. N passed; M failed`; exits with 1 if one failed.
"""

import base64
import collections
import hashlib
import hmac
import json
import queue
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from worldline.connect.sdk.call_context import CallContext
from worldline.connect.sdk.communication.request_header import RequestHeader
from worldline.connect.sdk.communicator_configuration import CommunicatorConfiguration
from worldline.connect.sdk.factory import Factory
from worldline.connect.sdk.v1.api_exception import ApiException
from worldline.connect.sdk.v1.declined_payment_exception import DeclinedPaymentException
from worldline.connect.sdk.v1.declined_refund_exception import DeclinedRefundException
from worldline.connect.sdk.v1.domain.address import Address
from worldline.connect.sdk.v1.domain.amount_of_money import AmountOfMoney
from worldline.connect.sdk.v1.domain.create_payment_request import CreatePaymentRequest
from worldline.connect.sdk.v1.domain.customer import Customer
from worldline.connect.sdk.v1.domain.order import Order
from worldline.connect.sdk.v1.domain.order_references import OrderReferences
from worldline.connect.sdk.v1.domain.redirect_payment_method_specific_input import (
    RedirectPaymentMethodSpecificInput,
)
from worldline.connect.sdk.v1.domain.redirection_data import RedirectionData
from worldline.connect.sdk.v1.domain.refund_references import RefundReferences
from worldline.connect.sdk.v1.domain.refund_request import RefundRequest
from worldline.connect.sdk.v1.idempotence_exception import IdempotenceException
from worldline.connect.sdk.v1.merchant.payments.find_payments_params import FindPaymentsParams
from worldline.connect.sdk.v1.merchant.payments.get_payment_params import GetPaymentParams
from worldline.connect.sdk.v1.merchant.products.get_product_params import GetProductParams
from worldline.connect.sdk.v1.reference_exception import ReferenceException
from worldline.connect.sdk.v1.validation_exception import ValidationException
from worldline.connect.sdk.webhooks.in_memory_secret_key_store import InMemorySecretKeyStore
from worldline.connect.sdk.webhooks.signature_validation_exception import SignatureValidationException
from worldline.connect.sdk.webhooks.webhooks import Webhooks

MINUTE = 60_000
TWO_DAYS = 2 * 24 * 60 * MINUTE
PATIENCE = 15


class Sandbox:
    """The program, its control surface and the buyer's browser."""

    def __init__(self, program):
        self.process = subprocess.Popen(
            [program, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.url = json.loads(self.process.stdout.readline())["url"]
        self.account = self.get("/sandbox/aggregator")

    def get(self, path):
        with urllib.request.urlopen(self.url + path) as answer:
            return json.load(answer)

    def post(self, path, body):
        data = json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"content-type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def advance(self, milliseconds):
        self.post("/sandbox/clock", {"advanceMs": milliseconds})

    def fault(self, on, kind, ms=None, times=1):
        self.post("/sandbox/faults", {"on": on, "order": None, "times": times, "kind": kind, "ms": ms})

    def clear_faults(self):
        urllib.request.urlopen(urllib.request.Request(self.url + "/sandbox/faults", method="DELETE")).close()

    def signed(self, path, date):
        """A request's head as the documents sign it; not the SDK's code, so that one part of it can be changed."""
        key, secret = self.account["apiKeyId"], self.account["secretApiKey"]
        text = f"GET\n\n{date}\n{path}\n".encode()
        signature = base64.b64encode(hmac.new(secret.encode(), text, hashlib.sha256).digest()).decode()
        return {"Date": date, "Authorization": f"GCS v1HMAC:{key}:{signature}"}

    def press(self, page, **fields):
        data = urllib.parse.urlencode(fields).encode()
        opener = urllib.request.build_opener(NoRedirect)
        try:
            opener.open(page, data)
        except urllib.error.HTTPError as answer:
            assert answer.code == 303, answer.code

    def client(self, secret=None, merchant=None):
        configuration = CommunicatorConfiguration(
            api_endpoint=self.url,
            api_key_id=self.account["apiKeyId"],
            secret_api_key=secret or self.account["secretApiKey"],
            authorization_type="v1HMAC",
            integrator="AlliancePay Checkout",
            connect_timeout=5,
            socket_timeout=10,
            max_connections=4,
        )
        client = Factory.create_client_from_configuration(configuration)
        return client.v1().merchant(merchant or self.account["merchantId"])


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Ear:
    """A webhook endpoint: it passes the challenge and keeps what it hears."""

    def __init__(self, account):
        heard = self.heard = queue.Queue()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                challenge = self.headers["X-GCS-Webhooks-Endpoint-Verification"].encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(challenge)))
                self.end_headers()
                self.wfile.write(challenge)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                heard.put((body, [RequestHeader(*pair) for pair in self.headers.items()]))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hooks"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        keys = InMemorySecretKeyStore()
        keys.store_secret_key(account["webhookKeyId"], account["webhookSecret"])
        self.helper = Webhooks.v1().create_helper(keys)

    def raw(self):
        return self.heard.get(timeout=PATIENCE)

    def next(self):
        """The next event, unmarshalled and verified by the SDK."""
        body, headers = self.raw()
        return self.helper.unmarshal(body, headers)


def request(cents=1099, currency="EUR", reference=None, product=866):
    amount = AmountOfMoney()
    amount.amount, amount.currency_code = cents, currency
    customer = Customer()
    customer.billing_address = Address()
    customer.billing_address.country_code = "HK"
    order = Order()
    order.amount_of_money, order.customer, order.references = amount, customer, OrderReferences()
    order.references.merchant_reference = reference or uuid.uuid4().hex[:30]
    redirect = RedirectPaymentMethodSpecificInput()
    redirect.payment_product_id = product
    redirect.redirection_data = RedirectionData()
    redirect.redirection_data.return_url = "https://shop.example/return/abc"
    body = CreatePaymentRequest()
    body.order, body.redirect_payment_method_specific_input = order, redirect
    return body


def refund(cents, reference="R"):
    body = RefundRequest()
    body.amount_of_money = AmountOfMoney()
    body.amount_of_money.amount, body.amount_of_money.currency_code = cents, "EUR"
    body.refund_references = RefundReferences()
    body.refund_references.merchant_reference = reference
    return body


def raises(kind, call):
    try:
        call()
    except kind as error:
        return error
    raise AssertionError(f"no {kind.__name__}")


def status_of(payment):
    return payment.status, payment.status_output.status_code


class Checks:
    """The reference's acceptance list, in its order: each check goes on from the one before it."""

    def __init__(self, sandbox):
        self.sandbox, self.merchant, self.ear = sandbox, sandbox.client(), Ear(sandbox.account)
        sandbox.post("/sandbox/aggregator/webhook", {"url": self.ear.url, "allEvents": True})
        # Each step is told twice, as a platform may.
        sandbox.fault("notification", "twice", times=10_000)
        self.body, self.key = request(), str(uuid.uuid4())
        self.id = self.page = self.refund_id = None

    def get(self):
        query = GetPaymentParams()
        query.return_operations = True
        return self.merchant.payments().get(self.id, query)

    def a01_the_connection_is_tested(self):
        assert self.merchant.services().testconnection().result == "OK"

    def a02_the_product_is_looked_up(self):
        query = GetProductParams()
        query.country_code, query.currency_code = "HK", "EUR"
        product = self.merchant.products().get(866, query)
        assert product.id == 866 and product.uses_redirection_to3rd_party and product.min_amount >= 1
        query.currency_code = "UAH"
        raises(ReferenceException, lambda: self.merchant.products().get(866, query))

    def a03_a_payment_is_created_and_redirects(self):
        context = CallContext(self.key)
        created = self.merchant.payments().create(self.body, context)
        assert status_of(created.payment) == ("REDIRECTED", 50)
        assert created.merchant_action.action_type == "REDIRECT"
        assert created.merchant_action.redirect_data.returnmac
        assert context.idempotence_request_timestamp is None
        self.id, self.page = created.payment.id, created.merchant_action.redirect_data.redirect_url

    def a04_the_same_key_answers_with_the_same_payment(self):
        context = CallContext(self.key)
        again = self.merchant.payments().create(self.body, context)
        assert again.payment.id == self.id
        assert abs(time.time() * 1000 - context.idempotence_request_timestamp) < MINUTE

    def a05_the_same_key_at_the_same_time_is_refused(self):
        self.sandbox.fault("create-order", "slow", 1500)
        key, body, answers = str(uuid.uuid4()), request(), []

        def create():
            answers.append(self.sandbox.client().payments().create(body, CallContext(key)))

        first = threading.Thread(target=create)
        first.start()
        while any(fault["kind"] == "slow" for fault in self.sandbox.get("/sandbox/faults")["faults"]):
            time.sleep(0.01)
        raises(IdempotenceException, lambda: self.merchant.payments().create(body, CallContext(key)))
        first.join()
        assert answers[0].payment.status == "REDIRECTED"

    def a06_a_wrong_secret_or_merchant_is_refused(self):
        wrong = raises(ApiException, self.sandbox.client(secret="wrong").services().testconnection)
        assert wrong.status_code == 401 and wrong.errors[0].code == "9002"
        elsewhere = raises(ApiException, self.sandbox.client(merchant="1").services().testconnection)
        assert elsewhere.status_code == 403

    def a07_a_tampered_key_or_date_is_refused(self):
        path = f"/v1/{self.sandbox.account['merchantId']}/services/testconnection"
        now = formatdate(usegmt=True)
        good = self.sandbox.signed(path, now)

        def ask(headers):
            return urllib.request.urlopen(urllib.request.Request(self.sandbox.url + path, headers=headers))

        assert ask(good).status == 200
        key = self.sandbox.account["apiKeyId"]
        for tampered in (
            good | {"Date": formatdate(time.time() - 1, usegmt=True)},
            good | {"Authorization": good["Authorization"].replace(key, key[::-1])},
            good | {"X-GCS-Idempotence-Key": "not signed"},
            self.sandbox.signed(path, "Fri, 06 Jun 2014 13:39:43 GMT"),
        ):
            refused = raises(urllib.error.HTTPError, lambda: ask(tampered))
            assert refused.code == 401 and json.load(refused)["errors"][0]["code"] == "9002", tampered

    def a08_the_payment_is_asked_about(self):
        payment = self.get()
        assert status_of(payment) == ("REDIRECTED", 50)
        assert payment.payment_output.references.merchant_reference == self.body.order.references.merchant_reference
        raises(ReferenceException, lambda: self.merchant.payments().get("none", GetPaymentParams()))

    def a09_the_shopper_pays(self):
        self.sandbox.press(self.page, wallet="GCASH")
        payment = self.get()
        assert status_of(payment) == ("CAPTURED", 800)
        output = payment.payment_output.redirect_payment_method_specific_output
        assert output.payment_product866_specific_output.wallet_used == "GCASH"
        assert payment.status_output.is_refundable is False

    def a10_nothing_goes_back_before_paid(self):
        early = raises(ApiException, lambda: self.merchant.payments().refund(self.id, RefundRequest()))
        assert early.status_code == 402

    def a11_it_settles(self):
        self.sandbox.advance(TWO_DAYS)
        payment = self.get()
        assert status_of(payment) == ("PAID", 1000)
        assert payment.status_output.is_refundable is True and payment.payment_output.amount_paid == 1099

    def a12_a_part_goes_back(self):
        context = CallContext(str(uuid.uuid4()))
        taken = self.merchant.payments().refund(self.id, refund(500), context)
        assert taken.status == "REFUND_REQUESTED" and taken.refund_output.amount_of_money.amount == 500
        again = self.merchant.payments().refund(self.id, refund(500), context)
        assert again.id == taken.id and context.idempotence_request_timestamp is not None
        self.refund_id = taken.id

    def a13_the_refund_is_asked_about_and_ends(self):
        assert self.merchant.refunds().get(self.refund_id).status == "REFUND_REQUESTED"
        self.sandbox.advance(MINUTE)
        assert self.merchant.refunds().get(self.refund_id).status == "REFUNDED"
        assert self.get().payment_output.amount_refunded == 500

    def a14_more_than_came_does_not_go_back(self):
        raises(ValidationException, lambda: self.merchant.payments().refund(self.id, refund(600)))

    def a15_a_requested_refund_is_cancelled(self):
        taken = self.merchant.payments().refund(self.id, refund(100))
        assert self.merchant.refunds().cancel(taken.id) is None
        assert self.merchant.refunds().get(taken.id).status == "CANCELLED"

    def a16_the_rest_goes_back(self):
        rest = self.merchant.payments().refund(self.id, RefundRequest())
        assert rest.refund_output.amount_of_money.amount == 599
        self.sandbox.advance(MINUTE)
        assert status_of(self.get()) == ("REFUNDED", 1800)
        assert len(self.merchant.payments().refunds(self.id).refunds) == 3

    def a17_nothing_more_goes_back_or_is_cancelled(self):
        raises(ApiException, lambda: self.merchant.payments().refund(self.id, RefundRequest()))
        raises(ApiException, lambda: self.merchant.refunds().cancel(self.refund_id))
        raises(ApiException, lambda: self.merchant.payments().cancel(self.id))

    def a18_it_is_found_by_the_merchants_reference(self):
        query = FindPaymentsParams()
        query.merchant_reference = self.body.order.references.merchant_reference
        found = self.merchant.payments().find(query)
        assert [payment.id for payment in found.payments] == [self.id]

    def a19_every_step_was_told_and_verified(self):
        # The payment of the concurrent keys was told in between.
        events = [self.ear.next() for _ in range(2 * 13)]
        times = collections.Counter(event.id for event in events)
        assert set(times.values()) == {2}, times
        # Sent at the same moment, two may overtake each other.
        told = {event.id: event for event in events}.values()
        mine = sorted(event.type for event in told if event.refund or event.payment.id == self.id)
        assert mine == sorted([
            "payment.created",
            "payment.redirected",
            "payment.captured",
            "payment.paid",
            "refund.refund_requested",
            "refund.refunded",
            "refund.refund_requested",
            "refund.cancelled",
            "refund.refund_requested",
            "refund.refunded",
            "payment.refunded",
        ]), mine

    def a20_a_webhook_comes_twice_and_out_of_order(self):
        self.sandbox.clear_faults()
        self.sandbox.post("/sandbox/aggregator/webhook", {"url": self.ear.url})
        self.sandbox.fault("notification", "twice")
        self.pay()
        first, second = self.ear.next(), self.ear.next()
        assert first.id == second.id and first.type == "payment.captured"
        self.sandbox.fault("notification", "reordered")
        self.pay()
        assert [self.ear.next().type, self.ear.next().type] == ["payment.captured", "payment.redirected"]

    def a21_a_forged_webhook_is_refused(self):
        self.pay()
        body, headers = self.ear.raw()
        assert self.ear.helper.unmarshal(body, headers).payment.status == "CAPTURED"
        forged = body.replace(b"1099", b"1098")
        raises(SignatureValidationException, lambda: self.ear.helper.unmarshal(forged, headers))

    def a22_a_declined_payment_keeps_its_id(self):
        declined = raises(DeclinedPaymentException, lambda: self.merchant.payments().create(request(400)))
        assert status_of(declined.create_payment_result.payment) == ("REJECTED", 100)

    def a23_a_declined_refund_keeps_its_id(self):
        created = self.pay(5000)
        self.sandbox.advance(TWO_DAYS)
        declined = raises(
            DeclinedRefundException, lambda: self.merchant.payments().refund(created.payment.id, refund(1600))
        )
        assert declined.refund_result.status == "REJECTED"

    def a24_what_is_not_offered_is_refused(self):
        raises(ValidationException, lambda: self.merchant.payments().create(request(currency="UAH")))
        raises(ValidationException, lambda: self.merchant.payments().create(request(product=861)))

    def pay(self, cents=1099):
        created = self.merchant.payments().create(request(cents))
        self.sandbox.press(created.merchant_action.redirect_data.redirect_url, wallet="DANA")
        return created


def main():
    sandbox = Sandbox(sys.argv[1])
    passed = failed = 0
    try:
        checks = Checks(sandbox)
        for name in sorted(name for name in dir(Checks) if name[1:3].isdigit()):
            try:
                getattr(checks, name)()
                passed += 1
                print(f"test {name} ... ok", flush=True)
            except Exception as error:  # whatever went wrong is a failed check
                failed += 1
                print(f"test {name} ... FAILED: {type(error).__name__}: {error}", flush=True)
    finally:
        sandbox.process.terminate()
        sandbox.process.wait(timeout=PATIENCE)
    print(f"test result: {'FAILED' if failed else 'ok'}. {passed} passed; {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

<?php
// A whole shop in one file: `php -S 127.0.0.1:8090 index.php`, and by cron `php index.php reconcile`. Needs pdo_sqlite.
// Environment: BACKEND, SHOP_URL, SHOP_KEY_FILE, WEBHOOK_SECRET_FILE, STAFF_KEY_FILE, SHOP_DATABASE.

declare(strict_types=1);

$backend = getenv('BACKEND');
$shop = getenv('SHOP_URL');
$db = new PDO('sqlite:' . getenv('SHOP_DATABASE'), null, null, [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
$db->exec('CREATE TABLE IF NOT EXISTS orders (number TEXT PRIMARY KEY, minor INTEGER NOT NULL, placed INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT "CREATED", anomalies TEXT NOT NULL DEFAULT "", revision INTEGER NOT NULL DEFAULT 0)');

/** Asks the backend in the shop's name; a problem is an answer too, and has `code` and `status`. */
function ask(string $method, string $path, ?array $body = null, string ...$headers): array
{
    global $backend;
    $answer = file_get_contents($backend . $path, false, stream_context_create(['http' => [
        'method' => $method, 'timeout' => 35, 'ignore_errors' => true, 'content' => $body === null ? '' : json_encode($body),
        'header' => ['Content-Type: application/json',
            'Authorization: Bearer ' . trim(file_get_contents(getenv('SHOP_KEY_FILE'))), ...$headers]]]));
    return json_decode((string) $answer, true, 64, JSON_THROW_ON_ERROR);
}

/** Keeps what the backend told. Only a higher revision changes anything: repeats and stragglers fall through. */
function store(array $order): void
{
    global $db;
    $db->prepare('UPDATE orders SET state = ?, anomalies = ?, revision = ? WHERE number = ? AND revision < ?')
        ->execute([$order['state'], implode(',', $order['anomalies']), $order['revision'], $order['order'], $order['revision']]);
}

/** Puts the order at the backend; the answer's token is the right to pay it. */
function order_token(string $number, int $minor): string
{
    global $shop;
    $body = ['amount' => ['minor' => $minor, 'currency' => 'UAH'], 'description' => "Order $number",
        'lines' => [['id' => '1', 'name' => 'Coffee, 1 kg', 'quantity' => 1, 'unitMinor' => $minor]],
        'shippingMinor' => 0, 'returnUrl' => "$shop/thanks?order=$number", 'locale' => 'en'];
    return ask('PUT', '/v1/orders/' . rawurlencode($number), $body)['orderToken'];
}

/** Every page loads the widget from the backend; nothing else is needed in its head. */
function page(string $body): void
{
    global $backend;
    $script = htmlspecialchars("$backend/widget/alliancepay.js");
    echo "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        . "<title>Zerno</title><script src='$script' async></script><main>$body</main>";
}

/** The widget, and inside it a plain form that pays without it. */
function pay_form(string $number, string $token): string
{
    global $backend;
    [$b, $n, $t] = array_map('htmlspecialchars', [$backend, $number, $token]);
    return "<alliancepay-checkout view=pay backend='$b' order='$n' order-token='$t' token-url='/token?order=$n'>"
        . "<form method=post action='$b/pay'><input type=hidden name=order_token value='$t'>"
        . "<button>Pay with AlliancePay</button></form></alliancepay-checkout>";
}

function find(string $number): array
{
    global $db;
    $query = $db->prepare('SELECT * FROM orders WHERE number = ?');
    $query->execute([$number]);
    return $query->fetch(PDO::FETCH_ASSOC) ?: exit(http_response_code(404));
}

// Webhooks get lost. What is younger than nine days is asked for: later the backend itself asks the bank no more.
if (PHP_SAPI === 'cli' && ($argv[1] ?? '') === 'reconcile') {
    foreach ($db->query('SELECT number FROM orders WHERE placed > ' . (time() - 9 * 86400))->fetchAll() as $row) {
        $told = ask('GET', '/v1/orders/' . rawurlencode($row['number']));
        if (isset($told['revision'])) {
            store($told);
        }
    }
    exit;
}

$number = preg_replace('/[^A-Za-z0-9-]/', '', $_GET['order'] ?? '');
switch ($_SERVER['REQUEST_METHOD'] . ' ' . parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) {
    case 'GET /':
        page('<h1>Coffee, 1 kg: ₴549.95</h1><form method=post action=/orders><button>Buy</button></form>');
        break;

    case 'POST /orders': // The price is the shop's, never the page's.
        $number = 'P-' . bin2hex(random_bytes(4));
        $db->prepare('INSERT INTO orders (number, minor, placed) VALUES (?, ?, ?)')->execute([$number, 54995, time()]);
        header("Location: /pay?order=$number", true, 303);
        break;

    case 'GET /pay':
        $order = find($number);
        page("<h1>Order $number</h1>" . pay_form($number, order_token($number, (int) $order['minor'])));
        break;

    case 'GET /token': // A page that stayed open for a day asks for a fresh token.
        $order = find($number);
        header('Content-Type: application/json');
        header('Cache-Control: no-store');
        echo json_encode(['orderToken' => order_token($number, (int) $order['minor'])]);
        break;

    case 'GET /thanks': // The widget waits for the outcome; the session is in the address.
        find($number);
        page("<h1>Order $number</h1><alliancepay-checkout view=status backend='" . htmlspecialchars($backend)
            . "' order='$number'><p>Your payment is being checked.</p></alliancepay-checkout>");
        break;

    case 'GET /orders': // For the shop's staff. Ship when this says so, never by what a browser says.
        $order = find($number);
        $ship = in_array($order['state'], ['CAPTURED', 'PAID'], true) && $order['anomalies'] === '';
        page("<h1>Order $number</h1><p>" . ($ship ? 'Ship it' : 'Do not ship') . ' (' . $order['state'] . ')</p>');
        break;

    case 'POST /refunds': // For the shop's staff, whose program shows the key: nobody else gives money away.
        if (!hash_equals('Bearer ' . trim(file_get_contents(getenv('STAFF_KEY_FILE'))), $_SERVER['HTTP_AUTHORIZATION'] ?? '')) {
            http_response_code(401);
            break;
        }
        find($number);
        // All of it, by one key for the order: asked for twice it goes back once. A part, or another try after one that the
        // bank refused, is a new wish: it has a key of its own, stored before it is sent.
        $answer = ask('POST', '/v1/orders/' . rawurlencode($number) . '/refunds', ['reason' => 'Sent back', 'offline' => false],
            "Idempotency-Key: all-of-$number");
        http_response_code($answer['status'] ?? 200);
        header('Content-Type: application/json');
        echo json_encode($answer);
        break;

    case 'POST /webhook':
        $body = file_get_contents('php://input');
        $secret = trim(file_get_contents(getenv('WEBHOOK_SECRET_FILE')));
        $signed = preg_match('/^t=(\d{1,12}),v1=([0-9a-f]{64})$/D', $_SERVER['HTTP_ALLIANCEPAY_SIGNATURE'] ?? '', $part)
            && abs(time() - (int) $part[1]) <= 300
            && hash_equals(hash_hmac('sha256', $part[1] . '.' . $body, $secret), $part[2]);
        if (!$signed) {
            http_response_code(401);
            break;
        }
        store(json_decode($body, true, 64, JSON_THROW_ON_ERROR)['order']);
        http_response_code(204);
        break;

    default:
        http_response_code(404);
}

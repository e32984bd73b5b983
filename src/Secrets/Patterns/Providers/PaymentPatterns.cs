using static SecurityToolchain.Secrets.Patterns.Alphabet;
using static SecurityToolchain.Secrets.Patterns.PatternFactory;
using static SecurityToolchain.Secrets.Patterns.Segment;

namespace SecurityToolchain.Secrets.Patterns.Providers;

/// <summary>Payments, banking and exchanges. Sources: each provider's own key documentation.</summary>
internal static class PaymentPatterns
{
    public static readonly SecretPattern[] All =
    [
        Token("stripe-secret-key", "Stripe", "sk_live_", Base62, 24, 247),
        Token("stripe-test-secret-key", "Stripe", "sk_test_", Base62, 24, 247),
        Token("stripe-restricted-key", "Stripe", "rk_live_", Base62, 24, 247),
        Token("stripe-test-restricted-key", "Stripe", "rk_test_", Base62, 24, 247),
        Token("stripe-webhook-secret", "Stripe", "whsec_", Base64Padded, 32, 64),
        Token("square-access-token", "Square", "EAAA", Base64Url, 60),
        Token("square-oauth-secret", "Square", "sq0csp-", Base64Url, 43),
        Token("square-legacy-token", "Square", "sq0atp-", Base64Url, 22),
        Shape("braintree-production-token", "Braintree", Text("access_token$production$"), Run(LowerAlnum, 16), Text("$"), Run(LowerHex, 32)),
        Named("paypal-client-secret", "PayPal", ["paypal"], Text("E"), Run(Base64Url, 79)),
        Token("adyen-api-key", "Adyen", "AQE", Base64Padded.With("-"), 100, 300),
        Token("razorpay-key-id", "Razorpay", "rzp_live_", Base62, 14),
        Token("razorpay-test-key-id", "Razorpay", "rzp_test_", Base62, 14),
        Named("razorpay-key-secret", "Razorpay", ["razorpay"], Base62, 24),
        Token("paystack-secret-key", "Paystack", "sk_live_", LowerHex, 40),
        Shape("flutterwave-secret-key", "Flutterwave", Text("FLWSECK-"), Run(LowerAlnum, 32), Text("-X")),
        Shape("flutterwave-test-secret-key", "Flutterwave", Text("FLWSECK_TEST-"), Run(LowerAlnum, 32), Text("-X")),
        Token("flutterwave-encryption-key", "Flutterwave", "FLWSECK_TEST", LowerHex, 12),
        Named("gocardless-api-token", "GoCardless", ["gocardless"], Text("live_"), Run(Base64UrlPadded, 40)),
        Named("mollie-api-key", "Mollie", ["mollie"], Text("live_"), Run(Base62, 30)),
        Shape("plaid-access-token", "Plaid", [Text("access-production-"), .. Uuid()]),
        Shape("plaid-sandbox-access-token", "Plaid", [Text("access-sandbox-"), .. Uuid()]),
        Named("plaid-secret", "Plaid", ["plaid"], LowerHex, 30),
        Named("coinbase-access-token", "Coinbase", ["coinbase"], Base64Url, 64),
        Named("kraken-private-key", "Kraken", ["kraken"], Run(Base64Padded, 80, 90)),
        Named("kucoin-secret", "KuCoin", ["kucoin"], HexDash, 36),
        Named("bittrex-secret", "Bittrex", ["bittrex"], LowerAlnum, 32),
        Named("binance-secret", "Binance", ["binance"], Base62, 64),
        Named("finicity-api-token", "Finicity", ["finicity"], LowerHex, 32),
        Named("finicity-client-secret", "Finicity", ["finicity"], LowerAlnum, 20),
        Named("finnhub-token", "Finnhub", ["finnhub"], LowerAlnum, 20),
        Token("duffel-live-token", "Duffel", "duffel_live_", Base64UrlPadded, 43),
        Token("duffel-test-token", "Duffel", "duffel_test_", Base64UrlPadded, 43),
        Token("easypost-api-key", "EasyPost", "EZAK", Base62, 54),
        Token("easypost-test-api-key", "EasyPost", "EZTK", Base62, 54),
        Token("shippo-live-token", "Shippo", "shippo_live_", LowerHex, 40),
        Token("shippo-test-token", "Shippo", "shippo_test_", LowerHex, 40),
        Named("lob-api-key", "Lob", ["lob"], Text("live_"), Run(LowerHex, 35)),
        Token("checkout-secret-key", "Checkout.com", "sk_sbox_", Base62, 24, 40),
        Named("alchemy-api-key", "Alchemy", ["alchemy"], Base64Url, 32),
        Named("infura-secret", "Infura", ["infura"], LowerHex, 32),
        Named("etherscan-api-key", "Etherscan", ["etherscan"], UpperAlnum, 34),
        Named("lemonsqueezy-webhook-secret", "Lemon Squeezy", ["lemonsqueezy"], Base62, 40),
        Shape("paddle-api-key", "Paddle", Text("pdl_live_apikey_"), Run(LowerAlnum, 26), Text("_"), Run(Base62, 22), Text("_"), Run(Base62, 3)),
        Shape("paddle-sandbox-api-key", "Paddle", Text("pdl_sdbx_apikey_"), Run(LowerAlnum, 26), Text("_"), Run(Base62, 22), Text("_"), Run(Base62, 3)),
    ];
}

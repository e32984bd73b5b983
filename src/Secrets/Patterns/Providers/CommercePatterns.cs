using static SecurityToolchain.Secrets.Patterns.Alphabet;
using static SecurityToolchain.Secrets.Patterns.PatternFactory;
using static SecurityToolchain.Secrets.Patterns.Segment;

namespace SecurityToolchain.Secrets.Patterns.Providers;

/// <summary>Shops, customer relations and marketing. Sources: each provider's own token documentation.</summary>
internal static class CommercePatterns
{
    public static readonly SecretPattern[] All =
    [
        Token("shopify-access-token", "Shopify", "shpat_", Hex, 32),
        Token("shopify-custom-app-token", "Shopify", "shpca_", Hex, 32),
        Token("shopify-private-app-password", "Shopify", "shppa_", Hex, 32),
        Token("shopify-shared-secret", "Shopify", "shpss_", Hex, 32),
        Token("shopify-customer-token", "Shopify", "shcat_", Hex, 32),
        Token("shopify-partner-token", "Shopify", "prtapi_", Hex, 32),
        Named("bigcommerce-access-token", "BigCommerce", ["bigcommerce"], LowerAlnum, 31),
        Token("woocommerce-consumer-secret", "WooCommerce", "cs_", LowerHex, 40),
        Shape("hubspot-private-app-token", "HubSpot", [Text("pat-"), Run(Letters, 2), Run(Digits, 1), Text("-"), .. Uuid()]),
        NamedUuid("hubspot-api-key", "HubSpot", "hubspot", "hapikey"),
        Shape("salesforce-session", "Salesforce", Text("00D"), Run(Base62, 12), Text("!"), Run(Base62Dot.With("_"), 90, 120)),
        Named("salesforce-security-token", "Salesforce", ["salesforce", "sfdc"], Base62, 24),
        Named("intercom-access-token", "Intercom", ["intercom"], Base64UrlPadded, 60),
        Named("zendesk-api-token", "Zendesk", ["zendesk"], Base62, 40),
        Named("freshdesk-api-key", "Freshdesk", ["freshdesk", "freshworks"], Base62, 20),
        Named("freshbooks-token", "FreshBooks", ["freshbooks"], LowerHex, 64),
        Named("helpscout-secret", "Help Scout", ["helpscout"], Base62, 32),
        Named("front-api-token", "Front", ["frontapp"], Run(Base64UrlDot, 100, 600)),
        Named("pipedrive-api-token", "Pipedrive", ["pipedrive"], LowerHex, 40),
        Named("klaviyo-private-key", "Klaviyo", ["klaviyo"], Text("pk_"), Run(LowerHex, 34)),
        Named("activecampaign-api-key", "ActiveCampaign", ["activecampaign"], LowerHex, 64),
        Named("beamer-api-token", "Beamer", ["beamer"], Text("b_"), Run(Base64UrlPadded, 44)),
        Named("squarespace-token", "Squarespace", ["squarespace"], HexDash, 36),
        Named("etsy-keystring", "Etsy", ["etsy"], LowerAlnum, 24),
        Named("freemius-secret-key", "Freemius", ["freemius"], Text("sk_"), Run(Base64Url.With("!@#$%^&*"), 29)),
        Token("settlemint-application-token", "SettleMint", "sm_aat_", Base62, 16),
        Token("settlemint-personal-token", "SettleMint", "sm_pat_", Base62, 16),
        Token("settlemint-service-token", "SettleMint", "sm_sat_", Base62, 16),
        Named("sidekiq-enterprise-key", "Sidekiq", ["bundleenterprise", "bundlegems", "sidekiq"], Run(LowerHex, 8), Text(":"), Run(LowerHex, 8)),
        Named("chargebee-api-key", "Chargebee", ["chargebee"], Text("live_"), Run(Base62, 32, 60)),
        Named("recurly-api-key", "Recurly", ["recurly"], LowerHex, 32),
        Named("taxjar-api-key", "TaxJar", ["taxjar"], LowerHex, 32),
        Named("branch-secret", "Branch", ["branchsecret"], Text("secret_live_"), Run(Base62, 32)),
        Named("cloudinary-secret", "Cloudinary", ["cloudinary"], Base64Url, 27),
        Shape("cloudinary-url", "Cloudinary", Text("cloudinary://"), Run(Digits, 15), Text(":"), Run(Base64Url, 27)),
        Named("imagekit-private-key", "ImageKit", ["imagekit"], Text("private_"), Run(Base64UrlPadded, 27, 40)),
        Named("bandwidth-token", "Bandwidth", ["bandwidthtoken"], LowerHex, 48),
        Token("apify-api-token", "Apify", "apify_api_", Base62, 30, 40),
        Named("scraperapi-key", "ScraperAPI", ["scraperapi"], LowerHex, 32),
        Named("abuseipdb-key", "AbuseIPDB", ["abuseipdb"], LowerHex, 80),
        Named("virustotal-api-key", "VirusTotal", ["virustotal", "vtapikey"], LowerHex, 64),
        Named("shodan-api-key", "Shodan", ["shodan"], Base62, 32),
        Named("ipinfo-token", "IPinfo", ["ipinfo"], LowerHex, 14),
        Named("hunter-api-key", "Hunter", ["hunterio", "hunterapi"], LowerHex, 40),
        Named("clearbit-key", "Clearbit", ["clearbit"], Text("sk_"), Run(LowerHex, 32)),
    ];
}

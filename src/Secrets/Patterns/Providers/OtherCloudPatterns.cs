using static SecurityToolchain.Secrets.Patterns.Alphabet;
using static SecurityToolchain.Secrets.Patterns.PatternFactory;
using static SecurityToolchain.Secrets.Patterns.Segment;

namespace SecurityToolchain.Secrets.Patterns.Providers;

/// <summary>Other clouds and hosting. Sources: each provider's own token documentation.</summary>
internal static class OtherCloudPatterns
{
    public static readonly SecretPattern[] All =
    [
        Token("alibaba-access-key-id", "Alibaba Cloud", "LTAI", Base62, 12, 26),
        Named("alibaba-secret-key", "Alibaba Cloud", ["alibaba", "aliyun"], Base62, 30),
        Token("tencent-secret-id", "Tencent Cloud", "AKID", Base62, 32),
        Named("tencent-secret-key", "Tencent Cloud", ["tencent", "qcloud"], Base62, 32),
        Token("digitalocean-pat", "DigitalOcean", "dop_v1_", LowerHex, 64),
        Token("digitalocean-oauth-token", "DigitalOcean", "doo_v1_", LowerHex, 64),
        Token("digitalocean-refresh-token", "DigitalOcean", "dor_v1_", LowerHex, 64),
        Named("digitalocean-spaces-secret", "DigitalOcean", ["spacessecret"], Base64, 43),
        Token("heroku-platform-key", "Heroku", "HRKU-AA", Base64Url, 58),
        NamedUuid("heroku-api-key", "Heroku", "heroku"),
        Token("cloudflare-origin-ca-key", "Cloudflare", "v1.0-", HexDash, 170, 172),
        Named("cloudflare-api-token", "Cloudflare", ["cloudflare", "cfapitoken"], Base64Url, 40),
        Named("cloudflare-global-api-key", "Cloudflare", ["cloudflare", "cfapikey"], LowerHex, 37),
        Named("fastly-api-token", "Fastly", ["fastly"], Base64Url, 32),
        Token("flyio-macaroon", "Fly.io", "fm2_", Base64Padded, 100, 1500),
        Token("flyio-deploy-macaroon", "Fly.io", "fm1r_", Base64Padded, 100, 1500),
        Token("flyio-user-token", "Fly.io", "fo1_", Base64Url, 43),
        Token("render-api-key", "Render", "rnd_", Base62, 28, 32),
        NamedUuid("railway-token", "Railway", "railway"),
        Token("netlify-pat", "Netlify", "nfp_", Base62, 36),
        Token("netlify-oauth-token", "Netlify", "nfo_", Base62, 36),
        Named("netlify-access-token", "Netlify", ["netlify"], Base64UrlPadded, 43),
        Token("vercel-access-token", "Vercel", "vcp_", Base62, 24, 64),
        Named("vercel-legacy-token", "Vercel", ["vercel", "zeittoken"], Base62, 24),
        Token("scaleway-access-key", "Scaleway", "SCW", UpperAlnum, 17),
        NamedUuid("scaleway-secret-key", "Scaleway", "scaleway", "scwsecret"),
        Token("scalingo-api-token", "Scalingo", "tk-us-", Base64Url, 48),
        Named("linode-token", "Akamai Linode", ["linode"], LowerHex, 64),
        Named("vultr-api-key", "Vultr", ["vultr"], UpperAlnum, 36),
        Named("hetzner-api-token", "Hetzner", ["hetzner", "hcloud"], Base62, 64),
        Named("ovh-application-secret", "OVH", ["ovhapplicationsecret", "ovhsecret"], Base62, 32),
        Named("ibm-cloud-api-key", "IBM Cloud", ["ibmcloud", "bluemix", "ibmapikey"], Base64Url, 44),
        Token("yandex-api-key", "Yandex Cloud", "AQVN", Base64Url, 35, 38),
        Shape("yandex-iam-token", "Yandex Cloud", Text("t1."), Run(Base64UrlPadded, 20, 600), Text("."), Run(Base64UrlPadded, 86, 88)),
        Token("yandex-aws-access-token", "Yandex Cloud", "YCAJE", Base64Url, 20, 60),
        Token("yandex-static-secret", "Yandex Cloud", "YCM", Base64Url, 37),
        Token("yandex-oauth-token", "Yandex", "y0_", Base64Url, 55, 60),
        Token("tailscale-auth-key", "Tailscale", "tskey-auth-", Base62Dash, 30, 70),
        Token("tailscale-api-key", "Tailscale", "tskey-api-", Base62Dash, 30, 70),
        Token("tailscale-oauth-secret", "Tailscale", "tskey-client-", Base62Dash, 30, 70),
        Named("ngrok-auth-token", "ngrok", ["ngrok"], Run(Base62, 27), Text("_"), Run(Base62, 21)),
        Token("defined-networking-token", "Defined Networking", "dnkey-", LowerAlnumDash.With("_="), 26, 90),
        Named("zerotier-token", "ZeroTier", ["zerotier"], Base62, 32),
        Named("cisco-meraki-api-key", "Cisco Meraki", ["meraki"], LowerHex, 40),
    ];
}

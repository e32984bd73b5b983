using static SecurityToolchain.Secrets.Patterns.Alphabet;
using static SecurityToolchain.Secrets.Patterns.PatternFactory;
using static SecurityToolchain.Secrets.Patterns.Segment;

namespace SecurityToolchain.Secrets.Patterns.Providers;

/// <summary>Identity providers, secret stores and encryption. Sources: each provider's own token documentation.</summary>
internal static class IdentityPatterns
{
    public static readonly SecretPattern[] All =
    [
        Named("okta-api-token", "Okta", ["okta"], Text("00"), Run(Base64Url, 40)),
        Named("auth0-client-secret", "Auth0", ["auth0"], Base64Url, 64),
        Shape("authress-service-access-key", "Authress", Text("sc_"), Run(LowerAlnum, 5, 30), Text("."), Run(LowerAlnum, 4, 6), Text(".acc_"), Run(LowerAlnumDash, 10, 32), Text("."), Run(Base64Padded.With("-_"), 30, 120)),
        Token("stytch-live-secret", "Stytch", "secret-live-", Base64UrlPadded, 36, 60),
        Token("stytch-test-secret", "Stytch", "secret-test-", Base64UrlPadded, 36, 60),
        Named("onelogin-client-secret", "OneLogin", ["onelogin"], LowerHex, 64),
        Named("workos-api-key", "WorkOS", ["workos"], Text("sk_"), Run(Base62, 40, 100)),
        Token("vault-service-token", "HashiCorp Vault", "hvs.", Base64Url, 90, 120),
        Token("vault-batch-token", "HashiCorp Vault", "hvb.", Base64Url, 138, 300),
        Token("vault-recovery-token", "HashiCorp Vault", "hvr.", Base64Url, 24, 120),
        Named("vault-legacy-token", "HashiCorp Vault", ["vaulttoken"], Text("s."), Run(Base62, 24)),
        Shape("terraform-cloud-token", "HashiCorp Terraform", Run(Base62, 14), Text(".atlasv1."), Run(Base64UrlPadded, 60, 70)),
        Token("doppler-personal-token", "Doppler", "dp.pt.", Base62, 40, 44),
        Token("doppler-service-token", "Doppler", "dp.st.", Base62Dot.With("_-"), 40, 90),
        Token("doppler-cli-token", "Doppler", "dp.ct.", Base62, 40, 44),
        Token("doppler-service-account-token", "Doppler", "dp.sa.", Base62, 40, 44),
        Token("doppler-scim-token", "Doppler", "dp.scim.", Base62, 40, 44),
        Token("doppler-audit-token", "Doppler", "dp.audit.", Base62, 40, 44),
        Shape("infisical-service-token", "Infisical", Text("st."), Run(LowerHex, 24), Text("."), Run(LowerHex, 32), Text("."), Run(LowerHex, 32)),
        Token("onepassword-service-account-token", "1Password", "ops_eyJ", Base64Padded, 250, 2000),
        Shape("onepassword-secret-key", "1Password", Text("A3-"), Run(UpperAlnum, 6), Text("-"), Run(UpperAlnum, 11), Text("-"), Run(UpperAlnum, 5), Text("-"), Run(UpperAlnum, 5), Text("-"), Run(UpperAlnum, 5)),
        Shape("onepassword-secret-key-short", "1Password", Text("A3-"), Run(UpperAlnum, 6), Text("-"), Run(UpperAlnum, 6), Text("-"), Run(UpperAlnum, 5), Text("-"), Run(UpperAlnum, 5), Text("-"), Run(UpperAlnum, 5), Text("-"), Run(UpperAlnum, 5)),
        Token("age-secret-key", "age", "AGE-SECRET-KEY-1", new Alphabet("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"), 58),
        Token("openshift-user-token", "OpenShift", "sha256~", Base64Url, 43),
        Token("pulumi-access-token", "Pulumi", "pul-", LowerHex, 40),
        Shape("kubernetes-bootstrap-token", "Kubernetes", Text("kubeadm join --token "), Run(LowerAlnum, 6), Text("."), Run(LowerAlnum, 16)),
        Named("linkedin-client-secret", "LinkedIn", ["linkedin"], Base62, 16),
        Token("linkedin-v2-client-secret", "LinkedIn", "WPL_AP1.", Base64Padded.With("."), 16, 40),
        Named("facebook-app-secret", "Facebook", ["facebook", "fbsecret", "fbapp", "metaapp"], LowerHex, 32),
        Shape("facebook-page-token", "Facebook", Text("EAA"), Run(new Alphabet("MC"), 1), Run(Base62, 100, 300)),
        Named("facebook-app-token", "Facebook", ["facebook", "fbtoken", "fbaccess"], Run(Digits, 15, 16), Text("|"), Run(Base64Url, 27, 40)),
        Named("twitter-api-secret", "X", ["twitter"], Base62, 50),
        Named("twitter-api-key", "X", ["twitter"], Base62, 25),
        Named("twitter-access-secret", "X", ["twitter"], Base62, 45),
        Token("twitter-bearer-token", "X", "AAAAAAAAAAAAAAAAAAAAA", Base62.With("%"), 80, 100),
        Named("spotify-client-secret", "Spotify", ["spotify"], LowerHex, 32),
        Named("twitch-client-secret", "Twitch", ["twitch"], LowerAlnum, 30),
        Token("instagram-access-token", "Instagram", "IGQV", Base64Url, 100, 250),
        Token("intra42-client-secret", "Intra42", "s-s4t2ud-", LowerHex, 64),
        Token("intra42-affiliated-secret", "Intra42", "s-s4t2af-", LowerHex, 64),
        Named("snapchat-client-secret", "Snapchat", ["snapchat"], LowerHex, 20),
        Named("strava-client-secret", "Strava", ["strava"], LowerHex, 40),
    ];
}

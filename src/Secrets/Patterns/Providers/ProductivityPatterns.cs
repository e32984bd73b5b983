using static SecurityToolchain.Secrets.Patterns.Alphabet;
using static SecurityToolchain.Secrets.Patterns.PatternFactory;
using static SecurityToolchain.Secrets.Patterns.Segment;

namespace SecurityToolchain.Secrets.Patterns.Providers;

/// <summary>Office, content, design and project services. Sources: each provider's own token documentation.</summary>
internal static class ProductivityPatterns
{
    public static readonly SecretPattern[] All =
    [
        Token("atlassian-api-token", "Atlassian", "ATATT3", Base64UrlPadded, 184, 190),
        Token("atlassian-repository-token", "Atlassian", "ATCTT3xFfGN0", Base64UrlPadded, 140, 200),
        Named("atlassian-legacy-token", "Atlassian", ["atlassian", "jira", "confluence"], Base62, 24),
        Token("notion-api-token", "Notion", "ntn_", Base62, 46),
        Token("notion-legacy-token", "Notion", "secret_", Base62, 43),
        Token("linear-api-key", "Linear", "lin_api_", Base62, 40),
        Token("linear-oauth-token", "Linear", "lin_oauth_", Base62, 40, 64),
        Named("linear-client-secret", "Linear", ["linear"], LowerHex, 32),
        Shape("asana-pat", "Asana", Text("2/"), Run(Digits, 14, 18), Text("/"), Run(Digits, 14, 18), Text(":"), Run(LowerHex, 32)),
        Named("asana-client-secret", "Asana", ["asana"], LowerAlnum, 32),
        Shape("clickup-token", "ClickUp", Text("pk_"), Run(Digits, 6, 9), Text("_"), Run(UpperAlnum, 32)),
        Shape("airtable-pat", "Airtable", Text("pat"), Run(Base62, 14), Text("."), Run(LowerHex, 64)),
        Named("airtable-api-key", "Airtable", ["airtable"], Text("key"), Run(Base62, 14)),
        Token("figma-pat", "Figma", "figd_", Base64Url, 40),
        Named("miro-access-token", "Miro", ["miro"], Run(Base64Url, 27, 40)),
        Token("contentful-management-token", "Contentful", "CFPAT-", Base64Url, 43),
        Named("contentful-delivery-token", "Contentful", ["contentful"], Base64Url, 43),
        Named("sanity-token", "Sanity", ["sanity"], Text("sk"), Run(Base62, 78, 178)),
        Named("storyblok-token", "Storyblok", ["storyblok"], Base62, 22),
        Named("datocms-token", "DatoCMS", ["datocms"], LowerHex, 30),
        Token("postman-api-key", "Postman", "PMAK-", HexDash, 59),
        Token("postman-collection-key", "Postman", "PMAT-", UpperAlnum, 26),
        Token("readme-api-key", "ReadMe", "rdme_", LowerAlnum, 70),
        Named("rapidapi-key", "RapidAPI", ["rapidapi"], Base64Url, 50),
        Token("kong-pat", "Kong", "kpat_", Base62, 40, 60),
        Token("typeform-pat", "Typeform", "tfp_", Base64Url.With(".="), 44, 60),
        Named("calendly-token", "Calendly", ["calendly"], Run(Base64UrlDot, 100, 600)),
        Token("frameio-token", "Frame.io", "fio-u-", Base64UrlPadded, 64),
        Token("dropbox-short-lived-token", "Dropbox", "sl.", Base64UrlPadded, 130, 1400),
        Named("dropbox-app-secret", "Dropbox", ["dropbox"], LowerAlnum, 15),
        Named("box-client-secret", "Box", ["boxclientsecret", "boxapi"], Base62, 32),
        Token("adobe-client-secret", "Adobe", "p8e-", Base62Dash, 32),
        Named("adobe-client-id", "Adobe", ["adobe"], LowerHex, 32),
        Token("adafruit-io-key", "Adafruit", "aio_", Base62, 28),
        Named("mapbox-secret-token", "Mapbox", ["mapbox"], Text("sk."), Run(Base64Url, 60, 100), Text("."), Run(Base64Url, 22)),
        Shape("mapbox-account-token", "Mapbox", Text("sk.eyJ"), Run(Base64Url, 55, 110), Text("."), Run(Base64Url, 22)),
        Shape("maxmind-licence-key", "MaxMind", Run(Base62, 6), Text("_"), Run(Base62, 29), Text("_mmk")),
        Named("flickr-secret", "Flickr", ["flickr"], LowerHex, 16),
        Named("nytimes-api-key", "New York Times", ["nytimes", "newyorktimes"], Base64UrlPadded, 32),
        Named("unsplash-secret", "Unsplash", ["unsplash"], Base64Url, 43),
        Named("vimeo-access-token", "Vimeo", ["vimeo"], LowerHex, 32),
        Named("trello-api-token", "Trello", ["trello"], LowerHex, 64),
        Token("trello-atta-token", "Trello", "ATTA", LowerHex, 72),
        Named("todoist-token", "Todoist", ["todoist"], LowerHex, 40),
        Named("monday-api-token", "monday.com", ["mondayapi", "mondaytoken"], Run(Base64UrlDot, 150, 700)),
        Named("confluence-cloud-token", "Confluence", ["confluencetoken"], Base62, 24),
        Named("openweather-api-key", "OpenWeather", ["openweather", "owmapikey", "weatherapikey"], LowerHex, 32),
        NamedUuid("deepl-auth-key", "DeepL", "deepl"),
        Named("smartsheet-token", "Smartsheet", ["smartsheet"], Base62, 37),
        Named("docusign-secret", "DocuSign", ["docusign"], HexDash, 36),
    ];
}

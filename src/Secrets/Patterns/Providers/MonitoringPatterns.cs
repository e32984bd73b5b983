using static SecurityToolchain.Secrets.Patterns.Alphabet;
using static SecurityToolchain.Secrets.Patterns.PatternFactory;
using static SecurityToolchain.Secrets.Patterns.Segment;

namespace SecurityToolchain.Secrets.Patterns.Providers;

/// <summary>Monitoring, logs, incidents and product analytics. Sources: each provider's own token documentation.</summary>
internal static class MonitoringPatterns
{
    public static readonly SecretPattern[] All =
    [
        Named("datadog-api-key", "Datadog", ["datadog", "ddapikey"], LowerHex, 32),
        Named("datadog-application-key", "Datadog", ["datadog", "ddappkey"], LowerHex, 40),
        Token("new-relic-user-key", "New Relic", "NRAK-", UpperAlnum, 27),
        Token("new-relic-insert-key", "New Relic", "NRII-", Base64Url, 32),
        Token("new-relic-admin-key", "New Relic", "NRAA-", LowerHex, 27),
        Token("new-relic-query-key", "New Relic", "NRIQ-", Base64Url, 32),
        Token("new-relic-browser-key", "New Relic", "NRJS-", LowerHex, 19),
        Shape("new-relic-licence-key", "New Relic", Run(LowerHex, 36), Text("NRAL")),
        Shape("dynatrace-api-token", "Dynatrace", Text("dt0c01."), Run(UpperAlnum, 24), Text("."), Run(UpperAlnum, 64)),
        Shape("dynatrace-oauth-secret", "Dynatrace", Text("dt0s02."), Run(UpperAlnum, 8), Text("."), Run(UpperAlnum, 64)),
        Token("grafana-api-key", "Grafana", "eyJrIjoi", Base64Padded, 70, 400),
        Token("grafana-cloud-token", "Grafana", "glc_", Base64Padded, 32, 400),
        Shape("grafana-service-account-token", "Grafana", Text("glsa_"), Run(Base62, 32), Text("_"), Run(Hex, 8)),
        Shape("sentry-organization-token", "Sentry", Text("sntrys_"), Run(Base64Padded, 80, 400), Text("_"), Run(Base64, 43)),
        Token("sentry-user-token", "Sentry", "sntryu_", LowerHex, 64),
        Named("sentry-legacy-token", "Sentry", ["sentry"], LowerHex, 64),
        Named("rollbar-access-token", "Rollbar", ["rollbar"], LowerHex, 32),
        Named("bugsnag-api-key", "Bugsnag", ["bugsnag"], LowerHex, 32),
        Named("airbrake-project-key", "Airbrake", ["airbrake"], LowerHex, 32),
        Named("raygun-api-key", "Raygun", ["raygun"], Base62, 22),
        Shape("honeycomb-ingest-key", "Honeycomb", Text("hcaik_"), Run(LowerAlnum, 58)),
        Named("honeycomb-api-key", "Honeycomb", ["honeycomb"], LowerAlnum, 32),
        Named("lightstep-token", "Lightstep", ["lightstep"], Run(Base64Padded, 60, 100)),
        Named("sumologic-access-key", "Sumo Logic", ["sumologic", "sumo"], Base62, 64),
        Named("logzio-token", "Logz.io", ["logzio"], Base62, 32),
        NamedUuid("loggly-token", "Loggly", "loggly"),
        NamedUuid("splunk-hec-token", "Splunk", "splunk", "hectoken"),
        Named("elastic-apm-secret", "Elastic", ["elasticapm", "apmsecret"], Base62, 18),
        Token("elastic-cloud-key", "Elastic", "essu_", Base64Padded, 60, 120),
        NamedUuid("application-insights-api-key", "Azure Monitor", "appinsightsapikey", "applicationinsightsapikey"),
        Named("pagerduty-api-token", "PagerDuty", ["pagerduty"], Base64Url, 20),
        NamedUuid("opsgenie-api-key", "Opsgenie", "opsgenie"),
        Named("statuspage-api-key", "Statuspage", ["statuspage"], LowerAlnum, 64),
        Shape("uptimerobot-api-key", "UptimeRobot", Text("ur"), Run(Digits, 6, 8), Text("-"), Run(LowerHex, 24)),
        Named("pingdom-api-token", "Pingdom", ["pingdom"], Base64Url, 86),
        Token("checkly-api-key", "Checkly", "cu_", LowerHex, 32),
        Token("posthog-personal-api-key", "PostHog", "phx_", Base62, 43, 50),
        Token("segment-public-api-token", "Segment", "sgp_", Base62, 64),
        Named("segment-write-key", "Segment", ["segmentwritekey", "segmentkey"], Base62, 32),
        Named("mixpanel-api-secret", "Mixpanel", ["mixpanel"], LowerHex, 32),
        Named("amplitude-secret-key", "Amplitude", ["amplitude"], LowerHex, 32),
        Named("heap-api-key", "Heap", ["heapapi"], LowerHex, 32),
        Named("betterstack-source-token", "Better Stack", ["betterstack", "logtail", "betteruptime"], Base62, 24),
        Named("axiom-token", "Axiom", ["axiom"], [Text("xaat-"), .. Uuid()]),
        Named("scout-apm-key", "Scout", ["scoutkey", "scoutapm"], Base62, 20),
    ];
}

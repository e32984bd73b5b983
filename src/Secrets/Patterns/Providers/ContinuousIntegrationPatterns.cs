using static SecurityToolchain.Secrets.Patterns.Alphabet;
using static SecurityToolchain.Secrets.Patterns.PatternFactory;
using static SecurityToolchain.Secrets.Patterns.Segment;

namespace SecurityToolchain.Secrets.Patterns.Providers;

/// <summary>Build services, code quality and feature flags. Sources: each provider's own token documentation.</summary>
internal static class ContinuousIntegrationPatterns
{
    public static readonly SecretPattern[] All =
    [
        Shape("circleci-pat", "CircleCI", Text("CCIPAT_"), Run(Base62, 22), Text("_"), Run(LowerHex, 40)),
        Shape("circleci-project-token", "CircleCI", Text("CCIPRJ_"), Run(Base62, 22), Text("_"), Run(LowerHex, 40)),
        Named("circleci-legacy-token", "CircleCI", ["circleci", "circletoken"], LowerHex, 40),
        Named("travis-access-token", "Travis CI", ["travis"], Base64Url, 22),
        Named("drone-access-token", "Drone CI", ["drone"], Base62, 32),
        Token("buildkite-user-token", "Buildkite", "bkua_", LowerHex, 40),
        Token("buildkite-agent-token", "Buildkite", "bkct_", Base62, 40, 120),
        Named("jenkins-api-token", "Jenkins", ["jenkins"], Text("11"), Run(LowerHex, 32)),
        Token("octopus-deploy-api-key", "Octopus Deploy", "API-", UpperAlnum, 26, 32),
        Named("codecov-access-token", "Codecov", ["codecov"], LowerHex, 32),
        NamedUuid("codecov-upload-token", "Codecov", "codecov"),
        Named("coveralls-repo-token", "Coveralls", ["coveralls"], Base62, 32),
        Token("sonar-user-token", "SonarQube", "squ_", LowerHex, 40),
        Token("sonar-project-token", "SonarQube", "sqp_", LowerHex, 40),
        Token("sonar-global-token", "SonarQube", "sqa_", LowerHex, 40),
        Named("sonar-legacy-token", "SonarQube", ["sonartoken", "sonarlogin", "sonarqube", "sonarcloud"], LowerHex, 40),
        Named("codacy-token", "Codacy", ["codacy"], Base62, 20),
        Named("code-climate-token", "Code Climate", ["codeclimate", "ccreporter"], LowerHex, 64),
        Shape("harness-pat", "Harness", Text("pat."), Run(Base64Url, 22), Text("."), Run(LowerHex, 24), Text("."), Run(Base62, 20)),
        Shape("harness-service-account-token", "Harness", Text("sat."), Run(Base64Url, 22), Text("."), Run(LowerHex, 24), Text("."), Run(Base62, 20)),
        Shape("teamcity-access-token", "TeamCity", Text("eyJ0eXAiOiAiVENWMiJ9."), Run(Base64Url, 36), Text("."), Run(Base64Url, 48)),
        Named("appveyor-api-token", "AppVeyor", ["appveyor"], LowerAlnum, 20),
        Token("appveyor-v2-token", "AppVeyor", "v2.", LowerAlnum, 20),
        Named("bitrise-token", "Bitrise", ["bitrise"], Base64Url, 86),
        Named("semaphore-token", "Semaphore", ["semaphoreci", "semaphoretoken"], Base62, 20),
        Named("percy-token", "Percy", ["percy"], LowerHex, 64),
        Token("percy-web-token", "Percy", "web_", LowerHex, 64),
        Token("chromatic-project-token", "Chromatic", "chpt_", LowerHex, 15),
        Token("infracost-api-token", "Infracost", "ico-", Base62, 32),
        NamedUuid("snyk-api-token", "Snyk", "snyk"),
        Named("semgrep-app-token", "Semgrep", ["semgrep"], LowerHex, 64),
        PrefixedUuid("launchdarkly-sdk-key", "LaunchDarkly", "sdk-"),
        PrefixedUuid("launchdarkly-api-token", "LaunchDarkly", "api-"),
        Named("launchdarkly-legacy-token", "LaunchDarkly", ["launchdarkly"], Base64UrlPadded, 40),
        Token("statsig-secret", "Statsig", "secret-", Base62, 40, 48),
        Named("configcat-sdk-key", "ConfigCat", ["configcat"], Run(Base64Url, 22), Text("/"), Run(Base64Url, 22)),
        Named("optimizely-token", "Optimizely", ["optimizely"], Text("2:"), Run(Base64Url, 40, 60)),
        Named("splitio-api-key", "Split", ["splitio"], Run(LowerAlnum, 48, 60)),
    ];
}

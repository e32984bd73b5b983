using static SecurityToolchain.Secrets.Patterns.Alphabet;
using static SecurityToolchain.Secrets.Patterns.PatternFactory;
using static SecurityToolchain.Secrets.Patterns.Segment;

namespace SecurityToolchain.Secrets.Patterns.Providers;

/// <summary>Source hosting: GitHub, GitLab, Bitbucket, Azure DevOps and others. Sources: each provider's own token documentation.</summary>
internal static class SourceControlPatterns
{
    public static readonly SecretPattern[] All =
    [
        // GitHub: four-letter kind, 30 random base-62 characters, six of CRC-32.
        Token("github-pat", "GitHub", "ghp_", Base62, 36, Checksums.Crc32Base62.Validate),
        Token("github-oauth", "GitHub", "gho_", Base62, 36, Checksums.Crc32Base62.Validate),
        Token("github-user-to-server", "GitHub", "ghu_", Base62, 36, Checksums.Crc32Base62.Validate),
        Token("github-server-to-server", "GitHub", "ghs_", Base62, 36, Checksums.Crc32Base62.Validate),
        Token("github-refresh", "GitHub", "ghr_", Base62, 36, 76),
        // The fine-grained token's checksum is not published.
        Shape("github-fine-grained-pat", "GitHub", Text("github_pat_"), Run(Base62, 22), Text("_"), Run(Base62, 59)),
        Token("gitlab-pat", "GitLab", "glpat-", Base64Url, 20),
        Shape("gitlab-pat-routable", "GitLab", Text("glpat-"), Run(Base64Url, 27, 300), Text("."), Run(LowerAlnum, 2), Text("."), Run(LowerAlnum, 9)),
        Shape("gitlab-pat-routable-short", "GitLab", Text("glpat-"), Run(Base64Url, 27, 300), Text("."), Run(LowerAlnum, 9)),
        Token("gitlab-pipeline-trigger", "GitLab", "glptt-", LowerHex, 40),
        Token("gitlab-runner-registration", "GitLab", "GR1348941", Base64Url, 20),
        Token("gitlab-runner", "GitLab", "glrt-", Base64Url, 20, 60),
        Token("gitlab-deploy", "GitLab", "gldt-", Base64Url, 20, 60),
        Shape("gitlab-ci-job", "GitLab", Text("glcbt-"), Run(Hex, 1, 5), Text("_"), Run(Base64Url, 20)),
        Token("gitlab-feed", "GitLab", "glft-", Base64Url, 20, 60),
        Token("gitlab-incoming-mail", "GitLab", "glimt-", Base64Url, 25),
        Token("gitlab-kubernetes-agent", "GitLab", "glagent-", Base64Url, 50),
        Token("gitlab-oauth-application-secret", "GitLab", "gloas-", LowerHex, 64),
        Token("gitlab-scim", "GitLab", "glsoat-", Base64Url, 20),
        Token("gitlab-feature-flag-client", "GitLab", "glffct-", Base64Url, 20),
        Token("gitlab-session-cookie", "GitLab", "_gitlab_session=", LowerHex, 32),
        Token("bitbucket-app-password", "Bitbucket", "ATBB", Base62, 32),
        Named("bitbucket-client-secret", "Bitbucket", ["bitbucket"], Base64UrlPadded, 64),
        Named("bitbucket-client-key", "Bitbucket", ["bitbucketsecret", "bitbucketkey"], Base62, 32),
        Shape("azure-devops-pat", "Azure DevOps", Run(Base62, 76), Text("AZDO"), Run(Base62, 4)),
        Named("azure-devops-legacy-pat", "Azure DevOps", ["azuredevops", "vsts", "adopat", "devopspat", "devopstoken", "systemaccesstoken"], Base32Lower, 52),
        Named("gitea-token", "Gitea", ["gitea", "forgejo", "codeberg"], LowerHex, 40),
        Named("gitter-access-token", "Gitter", ["gitter"], LowerAlnumDash, 40),
        Token("sourcegraph-access-token", "Sourcegraph", "sgp_", LowerHex, 40),
        Shape("sourcegraph-instance-token", "Sourcegraph", Text("sgp_"), Run(Hex, 16), Text("_"), Run(LowerHex, 40)),
        Token("sourcegraph-dotcom-token", "Sourcegraph", "slk_", LowerHex, 64),
        Named("gerrit-password", "Gerrit", ["gerritpassword", "gerrithttppassword"], Base64, 43),
    ];
}

using SecurityToolchain.Secrets.Patterns.Providers;

namespace SecurityToolchain.Secrets.Patterns;

/// <summary>Every provider format of the product.</summary>
public static class SecretPatterns
{
    internal static readonly SecretPattern[] Items =
    [
        .. SourceControlPatterns.All,
        .. PackageRegistryPatterns.All,
        .. ContinuousIntegrationPatterns.All,
        .. ArtificialIntelligencePatterns.All,
        .. AmazonPatterns.All,
        .. AzurePatterns.All,
        .. GooglePatterns.All,
        .. OtherCloudPatterns.All,
        .. DatabasePatterns.All,
        .. IdentityPatterns.All,
        .. PaymentPatterns.All,
        .. MessagingPatterns.All,
        .. MonitoringPatterns.All,
        .. ProductivityPatterns.All,
        .. CommercePatterns.All,
    ];

    /// <summary>The formats in a fixed order, grouped by kind of service.</summary>
    public static IReadOnlyList<SecretPattern> All => Items;
}

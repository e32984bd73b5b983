namespace SecurityToolchain.MsBuildTasks.Signatures;

/// <summary>The object identifiers of package signatures. References: RFC 5126, RFC 3161, RFC 5280; NuGet package signatures technical specification.</summary>
internal static class SignatureObjectIds
{
    public const string CommitmentTypeIndication = "1.2.840.113549.1.9.16.2.16";
    public const string ProofOfOrigin = "1.2.840.113549.1.9.16.6.1";
    public const string ProofOfReceipt = "1.2.840.113549.1.9.16.6.2";
    public const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    public const string TimestampToken = "1.2.840.113549.1.9.16.2.14";
    public const string NuGetServiceIndex = "1.3.6.1.4.1.311.84.2.1.1.1";
    public const string NuGetOwners = "1.3.6.1.4.1.311.84.2.1.1.2";
    public const string CodeSigningUsage = "1.3.6.1.5.5.7.3.3";
    public const string TimestampingUsage = "1.3.6.1.5.5.7.3.8";
    public const string Sha256 = "2.16.840.1.101.3.4.2.1";
    public const string Sha384 = "2.16.840.1.101.3.4.2.2";
    public const string Sha512 = "2.16.840.1.101.3.4.2.3";
}

using System.Security.Cryptography.X509Certificates;

namespace SecurityToolchain.MsBuildTasks.Signatures;

/// <summary>
/// The root certificates that package signatures may end at: the bundles that the .NET SDK ships for this purpose, in its folder
/// <c>trustedroots</c>.
/// </summary>
public sealed class TrustedRoots
{
    private const string CodeSigningBundle = "codesignctl.pem";
    private const string TimestampingBundle = "timestampctl.pem";

    private TrustedRoots(X509Certificate2Collection codeSigning, X509Certificate2Collection timestamping)
    {
        CodeSigning = codeSigning;
        Timestamping = timestamping;
    }

    /// <summary>Roots for code signing.</summary>
    public X509Certificate2Collection CodeSigning { get; }

    /// <summary>Roots for time stamps.</summary>
    public X509Certificate2Collection Timestamping { get; }

    /// <summary>Reads the bundles of an SDK.</summary>
    /// <param name="sdkFolder">The folder of the SDK, the one that holds MSBuild.dll.</param>
    /// <returns>The roots, or null when the SDK has no bundles.</returns>
    public static TrustedRoots? Load(string sdkFolder)
    {
        string folder = Path.Combine(sdkFolder, "trustedroots");
        string codeSigning = Path.Combine(folder, CodeSigningBundle);
        string timestamping = Path.Combine(folder, TimestampingBundle);
        if (!File.Exists(codeSigning) || !File.Exists(timestamping))
            return null;
        return new TrustedRoots(Read(codeSigning), Read(timestamping));
    }

    private static X509Certificate2Collection Read(string path)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(path);
        return certificates;
    }
}

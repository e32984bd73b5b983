using NuGet.Packaging;
using NuGet.Packaging.Signing;

namespace SecurityToolchain.MsBuildTasks.Signatures;

/// <summary>
/// The same question put to NuGet's own verifier, the one behind <c>dotnet nuget verify</c>; used where the SDK ships no bundle of roots
/// and the system's own store has to decide. Its assemblies belong to the SDK and may be absent or of another version.
/// </summary>
internal static class NuGetSignatureVerifier
{
    private static readonly Lock InitializeLock = new();
    private static bool initialized;

    /// <summary>Verifies the signature of a package.</summary>
    /// <param name="packagePath">The path of the package.</param>
    /// <param name="verdict">The verdict.</param>
    /// <returns>False when NuGet's assemblies cannot be used here.</returns>
    public static bool TryVerify(string packagePath, out SignatureVerdict verdict)
    {
        try
        {
            verdict = Verify(packagePath);
            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or FileLoadException or BadImageFormatException or TypeLoadException or MissingMemberException)
        {
            verdict = default;
            return false;
        }
    }

    // Not inlined: the types below are resolved when this method is compiled, inside the try above.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static SignatureVerdict Verify(string packagePath)
    {
        lock (InitializeLock)
        {
            if (!initialized)
                X509TrustStore.InitializeForDotNetSdk(NuGet.Common.NullLogger.Instance);
            initialized = true;
        }

        ISignatureVerificationProvider[] providers =
        [
            new IntegrityVerificationProvider(),
            new SignatureTrustAndValidityVerificationProvider(),
        ];
        var verifier = new PackageSignatureVerifier(providers);
        using FileStream stream = File.OpenRead(packagePath);
        using var reader = new PackageArchiveReader(stream);
#pragma warning disable CA2025 // The task ends inside this statement.
        VerifySignaturesResult result = verifier
            .VerifySignaturesAsync(reader, SignedPackageVerifierSettings.GetVerifyCommandDefaultPolicy(), CancellationToken.None)
            .GetAwaiter().GetResult();
#pragma warning restore CA2025
        if (result.IsValid)
            return SignatureVerdict.Valid;
        IEnumerable<string> messages = result.Results
            .SelectMany(static item => item.Issues)
            .Where(static issue => issue.Level == NuGet.Common.LogLevel.Error)
            .Select(static issue => $"{issue.Code}: {issue.Message.ReplaceLineEndings(" ")}");
        return SignatureVerdict.Invalid(string.Join("; ", messages.DefaultIfEmpty("the package is not signed")));
    }
}

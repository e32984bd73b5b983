using System.Security.Cryptography;
using System.Text;
using SecurityToolchain.MsBuildTasks.Policy;
using SecurityToolchain.MsBuildTasks.Restore;

namespace SecurityToolchain.MsBuildTasks.Gate;

/// <summary>The files and values that a verdict depends on beside the packages themselves, read once.</summary>
internal sealed class GateInputs
{
    // NuGet verifies signatures unless this variable says false; on macOS it is off unless it says true.
    private const string VerificationVariable = "DOTNET_NUGET_SIGNATURE_VERIFICATION";

    private GateInputs(byte[] assets, string? lockFilePath, byte[]? lockFile, string? policyPath, byte[]? policy, string verification, string key)
    {
        Assets = assets;
        LockFilePath = lockFilePath;
        LockFile = lockFile;
        PolicyPath = policyPath;
        Policy = policy;
        Verification = verification;
        Key = key;
    }

    public byte[] Assets { get; }

    public string? LockFilePath { get; }

    public byte[]? LockFile { get; }

    public string? PolicyPath { get; }

    public byte[]? Policy { get; }

    /// <summary>The value of the variable that switches NuGet's verification off; empty when it is not set.</summary>
    public string Verification { get; }

    /// <summary>SHA-256 over everything here, and over this assembly: a new gate asks again.</summary>
    public string Key { get; }

    /// <summary>Whether NuGet does not verify signatures.</summary>
    public bool IsVerificationOff => SaysOff(Verification);

    /// <summary>The variable with its value, for messages.</summary>
    public string VerificationSetting => VerificationVariable + "=" + Verification;

    /// <summary>Reads the inputs.</summary>
    /// <returns>The inputs, or null when the project has not been restored.</returns>
    public static GateInputs? Read(GateRequest request)
    {
        string assetsFile = request.EffectiveAssetsFile;
        if (OptionalFile.ReadBytes(assetsFile) is not { } assets)
            return null;
        string? lockFilePath = Restore.LockFile.Find(request.LockFile, request.ProjectFile);
        byte[]? lockFile = lockFilePath is null ? null : File.ReadAllBytes(lockFilePath);
        string? policyPath = GatePolicy.Find(request.ProjectFolder);
        byte[]? policy = policyPath is null ? null : File.ReadAllBytes(policyPath);
        string verification = request.ReadVariable(VerificationVariable)?.Trim() ?? "";
        bool isOff = SaysOff(verification);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, typeof(GateInputs).Assembly.ManifestModule.ModuleVersionId.ToByteArray());
        Append(hash, Encoding.UTF8.GetBytes(request.ProjectFile + "\n" + assetsFile + "\n" + lockFilePath + "\n" + policyPath + "\n" + isOff));
        Append(hash, assets);
        Append(hash, lockFile ?? []);
        Append(hash, policy ?? []);
        foreach (string suffix in (ReadOnlySpan<string>)[".nuget.g.props", ".nuget.g.targets"])
        {
            string generated = Path.Combine(request.ExtensionsFolder, request.ProjectFileName + suffix);
            Append(hash, OptionalFile.ReadBytes(generated) ?? []);
        }

        string key = Convert.ToHexString(hash.GetHashAndReset());
        return new GateInputs(assets, lockFilePath, lockFile, policyPath, policy, verification, key);
    }

    // The command line sets the variable to 'true' for a restore and leaves it alone for a build: both are the same answer.
    private static bool SaysOff(string verification) => verification.Equals("false", StringComparison.OrdinalIgnoreCase) || verification == "0";

    private static void Append(IncrementalHash hash, byte[] bytes)
    {
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}

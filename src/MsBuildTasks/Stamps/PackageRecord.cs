using System.Collections.Immutable;
using System.Security.Cryptography;
using SecurityToolchain.MsBuildTasks.Packages;
using SecurityToolchain.MsBuildTasks.Signatures;

namespace SecurityToolchain.MsBuildTasks.Stamps;

/// <summary>What is known of one package in one package folder after it was verified.</summary>
public sealed record PackageRecord
{
    /// <summary>Id and version.</summary>
    public required PackageIdentity Package { get; init; }

    /// <summary>The extracted folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The content hash, base64 of SHA-512, computed from the archive.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The signature that held, or null for a package that was not signed.</summary>
    public PackageSignature? Signature { get; init; }

    /// <summary>Files and folders that were compared.</summary>
    public ImmutableArray<FileRecord> Files { get; init; } = [];

    /// <summary>Whether every file and folder is as it was.</summary>
    /// <returns>False at the first difference.</returns>
    public bool IsUnchanged()
    {
        foreach (FileRecord file in Files)
        {
            string path = file.Path.Length == 0 ? Folder : Folder + "/" + file.Path;
            if (FileStamp.Read(path) is not { } stamp || stamp != file.Stamp)
                return false;
            if (file.Sha256.Length > 0 && !string.Equals(file.Sha256, Digest(path), StringComparison.Ordinal))
                return false;
        }

        return true;
    }

    /// <summary>Whether the record covers the files.</summary>
    /// <param name="files">Paths relative to the package's folder.</param>
    public bool Covers(IEnumerable<string> files)
    {
        HashSet<string>? known = null;
        foreach (string file in files)
        {
            known ??= Files.Select(static record => record.Path).ToHashSet(StringComparer.Ordinal);
            if (!known.Contains(file))
                return false;
        }

        return true;
    }

    private static string Digest(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return Convert.ToHexString(SHA256.HashData(stream));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "unreadable";
        }
    }
}

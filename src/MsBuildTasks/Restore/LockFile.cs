using System.Text.Json;
using SecurityToolchain.MsBuildTasks.Packages;

namespace SecurityToolchain.MsBuildTasks.Restore;

/// <summary>The content hashes that a packages.lock.json pins.</summary>
public sealed class LockFile
{
    private LockFile(IReadOnlyDictionary<PackageIdentity, string> hashes) => Hashes = hashes;

    /// <summary>Base64 of SHA-512 by package.</summary>
    public IReadOnlyDictionary<PackageIdentity, string> Hashes { get; }

    /// <summary>Finds the lock file that NuGet uses for a project.</summary>
    /// <param name="configured">The value of <c>NuGetLockFilePath</c>; may be empty.</param>
    /// <param name="projectFile">The project.</param>
    /// <returns>The path, or null when there is none.</returns>
    public static string? Find(string? configured, string projectFile)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(projectFile))!;
        if (!string.IsNullOrEmpty(configured))
        {
            string path = Path.GetFullPath(Path.Combine(folder, configured));
            return File.Exists(path) ? path : null;
        }

        string ofProject = Path.Combine(folder, $"packages.{Path.GetFileNameWithoutExtension(projectFile).Replace(' ', '_')}.lock.json");
        string common = Path.Combine(folder, "packages.lock.json");
        return File.Exists(ofProject) ? ofProject : File.Exists(common) ? common : null;
    }

    /// <summary>Reads a lock file.</summary>
    /// <param name="content">The bytes of the file.</param>
    /// <exception cref="InvalidDataException">The bytes are no lock file.</exception>
    public static LockFile Read(byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        try
        {
            using JsonDocument document = JsonDocument.Parse(content.AsMemory(content.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0));
            var hashes = new Dictionary<PackageIdentity, string>();
            foreach (JsonProperty framework in document.RootElement.GetProperty("dependencies").EnumerateObject())
            {
                foreach (JsonProperty dependency in framework.Value.EnumerateObject())
                {
                    if (dependency.Value.TryGetProperty("contentHash", out JsonElement hash)
                        && dependency.Value.TryGetProperty("resolved", out JsonElement version))
                    {
                        hashes[new PackageIdentity(dependency.Name, version.GetString()!)] = hash.GetString()!;
                    }
                }
            }

            return new LockFile(hashes);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException("the lock file is not valid: " + exception.Message.ReplaceLineEndings(" "), exception);
        }
    }
}

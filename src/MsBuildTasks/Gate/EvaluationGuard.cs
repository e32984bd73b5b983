using System.Collections.Immutable;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using SecurityToolchain.MsBuildTasks.Restore;
using SecurityToolchain.MsBuildTasks.Stamps;

namespace SecurityToolchain.MsBuildTasks.Gate;

/// <summary>
/// Writes the file that lets MSBuild import the props and targets of packages again: only while each of them, and NuGet's generated
/// imports, has the text that was verified. MSBuild itself compares, at evaluation, before it reads any of them as a project.
/// </summary>
internal static class EvaluationGuard
{
    // Sorts before "nuget.g.props", so MSBuild imports it first.
    private const string Suffix = ".gate.g.props";

    /// <summary>The path of the file.</summary>
    public static string PathOf(GateRequest request) => Path.Combine(request.ExtensionsFolder, request.ProjectFileName + Suffix);

    /// <summary>Writes the file for the verified files.</summary>
    /// <param name="request">The project.</param>
    /// <param name="packageRoot">The first package folder.</param>
    /// <param name="files">Full paths of every file that MSBuild may read.</param>
    public static void Write(GateRequest request, string packageRoot, ImmutableArray<string> files)
    {
        var expected = new StringBuilder();
        var properties = new StringBuilder();
        foreach (string file in files)
        {
            expected.Append(Digest(file));
            string path = Escape(file);
            properties.Append("    <_SecurityToolchainSeen Condition=\"Exists('").Append(path)
                .Append("')\">$(_SecurityToolchainSeen)$([MSBuild]::StableStringHash($([System.IO.File]::ReadAllText('").Append(path)
                .Append("')), 'Sha256'))</_SecurityToolchainSeen>\n");
        }

        string root = Escape(packageRoot);
        string text = $"""
            <Project>
              <!-- Written by the package gate after the packages were verified; see docs/gate.md. Deleting it is harmless, editing it is not. -->
              <PropertyGroup>
                <_SecurityToolchainSeen></_SecurityToolchainSeen>
            {properties}    <ExcludeRestorePackageImports Condition="'$(_SecurityToolchainSeen)' == '{expected}' and ('$(NuGetPackageRoot)' == '' or '$(NuGetPackageRoot)' == '{root}')">false</ExcludeRestorePackageImports>
              </PropertyGroup>
            </Project>

            """;
        WriteIfChanged(PathOf(request), text);
    }

    /// <summary>Takes the permission back.</summary>
    public static void Remove(GateRequest request) => SealedFile.TryDelete(PathOf(request));

    // What StableStringHash does with 'Sha256': the digest of the text in UTF-8, in lower-case hexadecimal.
    private static string Digest(string file) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(File.ReadAllText(file))));

    // MSBuild's special characters as %XX, then XML's.
    private static string Escape(string path)
    {
        var escaped = new StringBuilder(path.Length);
        foreach (char character in path)
        {
            if ("%$@'();?*".Contains(character, StringComparison.Ordinal))
                escaped.Append('%').Append(((int)character).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            else
                escaped.Append(character);
        }

        return SecurityElement.Escape(escaped.ToString());
    }

    // An unchanged file keeps its time, so that incremental builds and IDEs see nothing new.
    private static void WriteIfChanged(string path, string text)
    {
        if (OptionalFile.ReadText(path) == text)
            return;
        ReplacedFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SecurityToolchain.Secrets.Tests;

/// <summary>
/// Every text that the .NET SDK installs (documentation of the reference packs, build files, templates, configuration): some hundred
/// megabytes of code, prose, identifiers, hashes and public keys, and not one secret.
/// </summary>
public sealed class HonestCorpusTests(ITestOutputHelper output)
{
    private static readonly string[] s_extensions = [".json", ".xml", ".targets", ".props", ".txt", ".md", ".config", ".cs", ".cshtml", ".razor", ".js", ".css", ".html", ".yml", ".editorconfig", ".csproj", ".tasks", ".resx", ".svg", ".ini", ".sh"];

    [Fact]
    public void SdkTexts_HoldNoSecret()
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        long bytes = 0;
        var found = new StringBuilder();
        var clock = new Stopwatch();
        foreach (string path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (!s_extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
                continue;
            byte[] text = File.ReadAllBytes(path);
            bytes += text.Length;
            clock.Start();
            IReadOnlyList<SecretMatch> matches = SecretScanner.Default.ScanUtf8(text, SecretContext.Text);
            clock.Stop();
            foreach (SecretMatch match in matches)
                found.Append(Path.GetRelativePath(root, path)).Append(' ').Append(match).Append('\n');
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB, {bytes / 1e6 / clock.Elapsed.TotalSeconds:F0} MB/s"));
        Assert.True(bytes > 10_000_000, "The SDK's texts were not found under " + root);
        Assert.Equal(string.Empty, found.ToString());
    }
}

using System.Diagnostics;
using System.Globalization;

namespace SecurityToolchain.Scanning.Tests.History;

/// <summary>A repository that the git program makes for one test.</summary>
internal sealed class GitSample : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private int _day;

    public GitSample(string objectFormat = "sha1")
    {
        Git("init", "-q", "-b", "main", "--object-format=" + objectFormat, Path);
    }

    public string Path => System.IO.Path.Combine(_folder.Path, "work");

    public string Sibling(string name) => System.IO.Path.Combine(_folder.Path, name);

    /// <summary>Skips the test where there is no git.</summary>
    public static GitSample Create(string objectFormat = "sha1")
    {
        Assert.SkipUnless(File.Exists("/usr/bin/git"), "git is not installed");
        return new GitSample(objectFormat);
    }

    public void Write(string name, string content) => _folder.File("work/" + name, content);

    public string Commit(string message, params string[] more)
    {
        Git(["add", "-A"]);
        Git(["commit", "-q", "--allow-empty", "-m", message, .. more]);
        return Git("rev-parse", "HEAD").Trim();
    }

    public string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/git", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Directory.Exists(Path) ? Path : _folder.Path };
        // Nothing of the machine's configuration, and times that are the same in each run.
        string day = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(_day++).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        foreach ((string name, string value) in ((string, string)[])
        [
            ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null"), ("HOME", _folder.Path), ("GIT_AUTHOR_DATE", day), ("GIT_COMMITTER_DATE", day),
            ("GIT_AUTHOR_NAME", "Ada Nobody"), ("GIT_AUTHOR_EMAIL", "ada@example.com"), ("GIT_COMMITTER_NAME", "Ada Nobody"), ("GIT_COMMITTER_EMAIL", "ada@example.com"),
        ])
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, "git " + string.Join(' ', arguments) + ": " + errors.GetAwaiter().GetResult());
        return output;
    }

    public void Dispose()
    {
        foreach (string file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
            File.SetAttributes(file, FileAttributes.Normal);
        _folder.Dispose();
    }
}

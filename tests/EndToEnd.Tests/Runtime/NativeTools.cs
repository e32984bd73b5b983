using System.Runtime.InteropServices;

namespace SecurityToolchain.EndToEnd.Tests.Runtime;

/// <summary>Programs of the machine that native tests need. <c>eng/install-test-tools.sh</c> installs them.</summary>
internal static class NativeTools
{
    /// <summary>The runtime identifier of this machine, such as <c>linux-x64</c>.</summary>
    public static string RuntimeIdentifier { get; } = $"linux-{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64")}";

    /// <summary>The path of a program, or null.</summary>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(static folder => folder.Length > 0)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}

using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using SecurityToolchain.Scanning.Binaries.PortableExecutable;

namespace SecurityToolchain.Scanning.Tests.Binaries;

/// <summary>What binutils says of PE files, beside what the parser says.</summary>
public sealed partial class ObjdumpTests
{
    private const string Objdump = "/usr/bin/objdump";

    [GeneratedRegex(@"^\s+[0-9a-f]{3,} +Leaf: Addr: 0x([0-9a-f]+), Size: 0x([0-9a-f]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Leaf();

    [GeneratedRegex(@"^Entry ([0-9a-f]) ([0-9a-f]+) ([0-9a-f]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex DataDirectory();

    [GeneratedRegex(@"^\tDLL Name: (.+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Library();

    // Read over a "(format RSDS ... pdb" line, and over types that this version of objdump has no name for.
    [GeneratedRegex(@"^ +([0-9]+) +[A-Za-z]+ [0-9a-f]{8} [0-9a-f]{8} [0-9a-f]{8}$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex DebugEntry();

    private static long Field(string text, string name) =>
        long.Parse(Regex.Match(text, "^" + name + @"\s+(?:0x)?([0-9a-f]+)", RegexOptions.Multiline).Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static async Task<string?> Dump(string path)
    {
        using Process process = Process.Start(new ProcessStartInfo(Objdump, ["-p", path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = await process.StandardOutput.ReadToEndAsync();
        await errors;
        await process.WaitForExitAsync();
        // A binutils without this processor says so.
        return process.ExitCode == 0 ? text : null;
    }

    [Fact]
    public async Task Parse_ProgramsOfTheSdk_AgreeWithObjdump()
    {
        Assert.SkipUnless(File.Exists(Objdump), "binutils is not installed");
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        string[] files = [.. Directory.EnumerateFiles(root, "*.exe", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(12), .. Directory.EnumerateFiles(root, "System.*.dll", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(8)];
        int compared = 0;
        foreach (string file in files)
        {
            if (await Dump(file) is not { } text)
                continue;
            byte[] bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            PeImage image = PeParser.TryParse(bytes, ScanLimits.Default, out string error, out _) ?? throw new InvalidOperationException(error);
            Assert.Equal(Field(text, "ImageBase"), (long)image.ImageBase);
            Assert.Equal(Field(text, "AddressOfEntryPoint"), image.EntryPoint);
            Assert.Equal(Field(text, "Subsystem"), image.Subsystem);
            Assert.Equal(Field(text, "DllCharacteristics"), image.DllCharacteristics);
            Assert.Equal(Field(text, "CheckSum"), image.CheckSum);
            Assert.Equal(
                DataDirectory().Matches(text).Select(static m => m.Groups[2].Value.TrimStart('0') + ":" + m.Groups[3].Value.TrimStart('0')),
                image.Directories.Select(static d => string.Create(CultureInfo.InvariantCulture, $"{d.Address:x}:{d.Size:x}").Split(':')).Select(static p => p[0].TrimStart('0') + ":" + p[1].TrimStart('0')));
            Assert.Equal(Library().Matches(text).Select(static m => m.Groups[1].Value), image.Imports.Where(static i => !i.Delayed).Select(static i => i.Library));
            if (Leaf().Matches(text) is { Count: > 0 } leaves)
            {
                Assert.Equal(
                    leaves.Select(m => (image.ToOffset(uint.Parse(m.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)), int.Parse(m.Groups[2].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture))).Order(),
                    PeResourceReader.Read(bytes, image, ScanLimits.Default).Select(static r => (r.Offset, r.Length)).Order());
            }

            Assert.Equal(DebugEntry().Matches(text).Any(static m => m.Groups[1].Value == "16"), image.IsDeterministic);
            compared++;
        }

        Assert.SkipWhen(compared == 0, "this objdump knows no PE files");
    }
}

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1007_ZipSlipTests
{
    [Theory]
    [InlineData("""public void A() { using var zip = ZipFile.OpenRead("a.zip"); foreach (var entry in zip.Entries) entry.ExtractToFile([|Path.Combine("/out", entry.FullName)|]); }""")]
    [InlineData("""public void A(Stream s) { using var zip = new ZipArchive(s); foreach (ZipArchiveEntry e in zip.Entries) { string p = Path.Combine("/out", e.FullName); Directory.CreateDirectory([|Path.GetDirectoryName(p)|]!); using var f = System.IO.File.Create([|p|]); e.Open().CopyTo(f); } }""")]
    [InlineData("""public void A(Stream s) { using var tar = new System.Formats.Tar.TarReader(s); while (tar.GetNextEntry() is { } e) e.ExtractToFile([|"/out/" + e.Name|], true); }""")]
    public Task InputAtSink_IsReported(string members) => InjectionVerifier.VerifyActionAsync("STC1007", members);

    [Theory]
    [InlineData("""public void A() => ZipFile.ExtractToDirectory("a.zip", "/out");""")]
    [InlineData("""public void A() { using var zip = ZipFile.OpenRead("a.zip"); foreach (var entry in zip.Entries) entry.ExtractToFile(Path.Combine("/out", Path.GetFileName(entry.FullName))); }""")]
    [InlineData("""public void A() { var root = Path.GetFullPath("/out/"); using var zip = ZipFile.OpenRead("a.zip"); foreach (var entry in zip.Entries) { var p = Path.GetFullPath(Path.Combine(root, entry.FullName)); if (!p.StartsWith(root, StringComparison.Ordinal)) throw new InvalidDataException(); entry.ExtractToFile(p); } }""")]
    [InlineData("""public void A() { using var zip = ZipFile.OpenRead("a.zip"); foreach (var entry in zip.Entries) Console.WriteLine(entry.FullName); }""")]
    public Task SafeSanitizedOrLookAlike_IsSilent(string members) => InjectionVerifier.VerifyActionAsync("STC1007", members);
}

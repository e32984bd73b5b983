namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1005_PathTraversalTests
{
    [Theory]
    [InlineData("""public string A(string name) => System.IO.File.ReadAllText([|Path.Combine("uploads", name)|]);""")]
    [InlineData("""public void A(IFormFile file) { using var s = System.IO.File.Create([|Path.Combine("uploads", file.FileName)|]); }""")]
    [InlineData("""public IActionResult A(string name) => PhysicalFile([|"/data/" + name|], "text/plain");""")]
    [InlineData("""public void A(string name) { using var s = new FileStream([|"/data/" + name|], FileMode.Open); }""")]
    [InlineData("""public void A(string name) { var path = Path.GetFullPath(Path.Combine("/data", name)); System.IO.File.Delete([|path|]); }""")]
    [InlineData("""public void A(string name) => Directory.Delete([|name|], true);""")]
    public Task InputAtSink_IsReported(string members) => InjectionVerifier.VerifyActionAsync("STC1005", members);

    [Theory]
    [InlineData("""public string A(string name) => System.IO.File.ReadAllText(Path.Combine("uploads", Path.GetFileName(name)));""")]
    [InlineData("""public string A(int id) => System.IO.File.ReadAllText("uploads/" + id + ".txt");""")]
    [InlineData("""public void A(string name) { var root = Path.GetFullPath("/data") + Path.DirectorySeparatorChar; var path = Path.GetFullPath(Path.Combine(root, name)); if (!path.StartsWith(root, StringComparison.Ordinal)) throw new UnauthorizedAccessException(); System.IO.File.Delete(path); }""")]
    [InlineData("""public void A(string name) { var path = Path.GetFullPath(Path.Combine("/data", name)); if (path.StartsWith("/data/", StringComparison.Ordinal)) System.IO.File.Delete(path); }""")]
    [InlineData("""public void A(string name) { if (name.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0) return; System.IO.File.Delete(Path.Combine("/data", name)); }""")]
    [InlineData("""public void A(Guid id) => System.IO.File.Delete(Path.Combine("/data", id.ToString()));""")]
    [InlineData("""public void A(string name) { var safe = string.Join("_", name.Split(Path.GetInvalidFileNameChars())); System.IO.File.Delete(Path.Combine("/data", safe)); }""")]
    [InlineData("""private class File2 { public static void Delete(string p) { } } public void A(string name) => File2.Delete(name);""")]
    public Task SafeSanitizedOrLookAlike_IsSilent(string members) => InjectionVerifier.VerifyActionAsync("STC1005", members);
}

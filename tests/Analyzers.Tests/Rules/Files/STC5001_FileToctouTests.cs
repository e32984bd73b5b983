using SecurityToolchain.Analyzers.Rules.Files;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Files;

public sealed class STC5001_FileToctouTests
{
    [Theory]
    [InlineData("if (File.Exists(p)) [|File.Delete(p)|];")]
    [InlineData("if (!File.Exists(p)) [|File.WriteAllText(p, t)|];")]
    [InlineData("if (File.Exists(p) == false) { [|File.WriteAllText(p, t)|]; }")]
    [InlineData("if (File.Exists(p) is false) { [|File.WriteAllText(p, t)|]; }")]
    [InlineData("if (File.Exists(p)) { t = [|File.ReadAllText(p)|]; }")]
    [InlineData("if (!File.Exists(p)) return; t = [|File.ReadAllText(p)|];")]
    [InlineData("if (!File.Exists(p)) throw new FileNotFoundException(p); using var s = [|File.OpenRead(p)|];")]
    [InlineData("t = File.Exists(p) ? [|File.ReadAllText(p)|] : string.Empty;")]
    [InlineData("bool found = File.Exists(p); if (found) [|File.Delete(p)|];")]
    [InlineData("bool found = File.Exists(p); if (!found) { using var s = [|File.Create(p)|]; }")]
    [InlineData("bool missing = !File.Exists(p); if (missing) [|File.WriteAllText(p, t)|];")]
    [InlineData("if (File.Exists(p) && t.Length > 0) [|File.AppendAllText(p, t)|];")]
    [InlineData("if (t.Length > 0 || !File.Exists(p)) [|File.WriteAllText(p, t)|];")]
    [InlineData("bool write = t.Length > 0 || !File.Exists(p); if (write) [|File.WriteAllText(p, t)|];")]
    [InlineData("if (File.Exists(p)) [|File.Move(p, q)|];")]
    [InlineData("if (!File.Exists(q)) [|File.Copy(p, q)|];")]
    [InlineData("if (File.Exists(q)) [|File.Delete(q)|]; File.Move(p, q);")]
    [InlineData("if (Directory.Exists(p)) [|Directory.Delete(p, true)|];")]
    [InlineData("if (Path.Exists(p)) [|Directory.Move(p, q)|];")]
    [InlineData("var i = new FileInfo(p); if (i.Exists) [|i.Delete()|];")]
    [InlineData("var i = new FileInfo(p); if (!i.Exists) { using var s = [|i.Create()|]; }")]
    [InlineData("if (new FileInfo(p).Exists) { using var s = [|File.OpenRead(p)|]; }")]
    [InlineData("var i = new FileInfo(p); if (i.Exists) { t = [|File.ReadAllText(i.FullName)|]; }")]
    [InlineData("if (File.Exists(p)) { using var r = [|new StreamReader(p)|]; t = r.ReadToEnd(); }")]
    [InlineData("if (!File.Exists(p)) { using var w = [|new StreamWriter(p)|]; w.Write(t); }")]
    [InlineData("if (!File.Exists(p)) { using var s = [|new FileStream(p, FileMode.Create)|]; }")]
    [InlineData("if (!File.Exists(p)) { using var s = [|new FileStream(p, FileMode.OpenOrCreate, FileAccess.Write)|]; }")]
    [InlineData("if (!File.Exists(p)) { using var s = [|new FileStream(p, new FileStreamOptions { Mode = FileMode.Create })|]; }")]
    [InlineData("if (File.Exists(Path.Combine(p, q))) [|File.Delete(Path.Combine(p, q))|];")]
    [InlineData("var full = Path.Combine(p, q); if (File.Exists(Path.Combine(p, q))) [|File.Delete(full)|];")]
    [InlineData("if (File.Exists($\"{p}/x\")) [|File.Delete($\"{p}/x\")|];")]
    [InlineData("if (File.Exists(p + q)) [|File.Delete(p + q)|];")]
    [InlineData("var full = Path.GetFullPath(p); if (File.Exists(p)) [|File.Delete(full)|];")]
    [InlineData("if ((File.GetAttributes(p) & FileAttributes.ReparsePoint) == 0) { using var s = [|File.OpenRead(p)|]; }")]
    [InlineData("var a = File.GetAttributes(p); if (!a.HasFlag(FileAttributes.ReadOnly)) [|File.WriteAllText(p, t)|];")]
    [InlineData("if (new FileInfo(p).Length > 1000) return; t = [|File.ReadAllText(p)|];")]
    [InlineData("if (new FileInfo(p).LinkTarget is null) [|File.WriteAllText(p, t)|];")]
    [InlineData("if (File.ResolveLinkTarget(p, false) != null) throw new IOException(); t = [|File.ReadAllText(p)|];")]
    [InlineData("if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(p) == UnixFileMode.UserRead) t = [|File.ReadAllText(p)|];")]
    [InlineData("var n = 0; while (File.Exists(p)) p = q + n++; [|File.WriteAllText(p, t)|];")]
    [InlineData("var n = 0; do { p = q + n++; } while (Directory.Exists(p)); [|Directory.CreateDirectory(p)|];")]
    [InlineData("if (Directory.Exists(p)) throw new IOException(\"taken\"); [|Directory.CreateDirectory(p)|];")]
    [InlineData("foreach (var f in Directory.GetFiles(p)) { if (!File.Exists(f)) continue; [|File.Delete(f)|]; }")]
    [InlineData("if (File.Exists(p)) System.Threading.Tasks.Task.Run(() => [|File.Delete(p)|]);")]
    [InlineData("System.Action a = () => { if (File.Exists(p)) [|File.Delete(p)|]; }; a();")]
    [InlineData("void Local() { if (File.Exists(p)) [|File.Delete(p)|]; } Local();")]
    [InlineData("void Save() => File.WriteAllText(p, t); if (!File.Exists(p)) [|Save()|];")]
    [InlineData("bool There() => File.Exists(p); if (There()) [|File.Delete(p)|];")]
    [InlineData("switch (File.Exists(p)) { case true: [|File.Delete(p)|]; break; }")]
    [InlineData("if (File.Exists(p)) { } else { using var s = [|File.CreateText(p)|]; }")]
    [InlineData("if (!File.Exists(p)) { try { [|File.WriteAllText(p, t)|]; } catch (IOException) { } }")]
    [InlineData("if (File.Exists(p)) { try { t = [|File.ReadAllText(p)|]; } catch (System.ArgumentException) { } }")]
    [InlineData("if (File.Exists(p)) { try { t = [|File.ReadAllText(p)|]; } catch (IOException) { System.Console.WriteLine(1); throw; } }")]
    [InlineData("using var w = [|new StreamWriter(p, File.Exists(p))|];")]
    [InlineData("using var s = [|new FileStream(p, File.Exists(p) ? FileMode.Append : FileMode.Create)|];")]
    [InlineData("var mode = File.Exists(p) ? FileMode.Truncate : FileMode.Create; using var s = [|File.Open(p, mode)|];")]
    [InlineData("var found = new[] { p, q }.FirstOrDefault(File.Exists); if (found is null) return; t = [|File.ReadAllText(found)|];")]
    [InlineData("var found = Array.Find(new[] { p, q }, x => File.Exists(x)); if (found != null) t = [|File.ReadAllText(found)|];")]
    [InlineData("foreach (var f in new[] { p, q }.Where(File.Exists)) [|File.Delete(f)|];")]
    [InlineData("foreach (var f in new[] { p, q }.Where(x => File.Exists(x)).ToList()) { t += [|File.ReadAllText(f)|]; }")]
    [InlineData("t = File.Exists(p) switch { true => [|File.ReadAllText(p)|], false => string.Empty };")]
    [InlineData("var there = File.Exists(p); using var s = there ? [|File.OpenRead(p)|] : [|File.Create(p)|];")]
    [InlineData("if (File.Exists(p)) System.Reflection.Assembly.LoadFrom(p);", false, "System.Reflection.Assembly.LoadFrom(p)")]
    [InlineData("while (!File.Exists(p)) System.Threading.Thread.Sleep(10); t = [|File.ReadAllText(p)|];")]
    [InlineData("if (File.Exists(p)) { File.SetAttributes(p, FileAttributes.Normal); [|File.Delete(p)|]; }")]
    [InlineData("try { } finally { if (File.Exists(p)) [|File.Delete(p)|]; }")]
    [InlineData("if (!File.Exists(p)) System.IO.Compression.ZipFile.CreateFromDirectory(q, p); System.IO.Compression.ZipFile.ExtractToDirectory(p, q);", true)]
    public Task CheckThenUse_IsReported(string body, bool zip = false, string? use = null) =>
        use is not null ? Verifier.VerifyAsync<FileToctouAnalyzer>(Method(body.Replace(use, "[|" + use + "|]", StringComparison.Ordinal))) : Verifier.VerifyAsync<FileToctouAnalyzer>(Method(zip ? body.Replace("System.IO.Compression.ZipFile.CreateFromDirectory(q, p)", "[|System.IO.Compression.ZipFile.CreateFromDirectory(q, p)|]", StringComparison.Ordinal) : body));

    [Theory]
    [InlineData("File.Delete(p);")]
    [InlineData("if (!Directory.Exists(p)) Directory.CreateDirectory(p);")]
    [InlineData("if (Directory.Exists(p)) return; Directory.CreateDirectory(p);")]
    [InlineData("if (!File.Exists(p)) { using var s = new FileStream(p, FileMode.CreateNew); }")]
    [InlineData("if (!File.Exists(p)) { using var s = File.Open(p, FileMode.CreateNew, FileAccess.Write); File.SetUnixFileMode(p, UnixFileMode.UserRead); }")]
    [InlineData("if (!File.Exists(p)) { using var s = new FileStream(p, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write }); }")]
    [InlineData("var mode = FileMode.CreateNew; if (!File.Exists(p)) { using var s = new FileStream(p, mode); }")]
    [InlineData("try { if (File.Exists(p)) File.Delete(p); } catch (IOException) { }")]
    [InlineData("if (File.Exists(p)) { try { t = File.ReadAllText(p); } catch (FileNotFoundException) { t = string.Empty; } }")]
    [InlineData("if (File.Exists(p)) { try { t = File.ReadAllText(p); } catch (System.Exception e) when (e is IOException) { t = string.Empty; } }")]
    [InlineData("try { t = File.ReadAllText(p); } catch (FileNotFoundException) { t = string.Empty; }")]
    [InlineData("if (File.Exists(p)) File.Delete(q);")]
    [InlineData("if (File.Exists(p)) { p = q; File.Delete(p); }")]
    [InlineData("if (File.Exists(Path.Combine(p, \"a\"))) File.Delete(Path.Combine(p, \"b\"));")]
    [InlineData("if (Directory.Exists(p)) File.WriteAllText(Path.Combine(p, q), t);")]
    [InlineData("if (!Directory.Exists(p)) { Directory.CreateDirectory(p); } File.WriteAllText(Path.Combine(p, q), t);")]
    [InlineData("bool existed = File.Exists(p); File.WriteAllText(p, t); System.Console.WriteLine(existed);")]
    [InlineData("if (File.Exists(p)) System.Console.WriteLine(1); File.WriteAllText(p, t);")]
    [InlineData("File.WriteAllText(p, t); if (!File.Exists(p)) throw new IOException();")]
    [InlineData("if (!File.Exists(p)) throw new FileNotFoundException(p); System.Diagnostics.Process.Start(p);")]
    [InlineData("var b = new byte[new FileInfo(p).Length]; using var s = File.OpenRead(p);")]
    [InlineData("if (File.GetLastWriteTimeUtc(p) > System.DateTime.UnixEpoch) t = File.ReadAllText(p);")]
    [InlineData("if (Directory.Exists(p)) foreach (var f in Directory.EnumerateFiles(p)) System.Console.WriteLine(f);")]
    [InlineData("if (File.Exists(Path.GetRandomFileName())) File.Delete(Path.GetRandomFileName());")]
    [InlineData("using var s = new FileStream(p, File.Exists(p) ? FileMode.Open : FileMode.CreateNew);")]
    [InlineData("foreach (var f in new[] { p, q }.Where(File.Exists).Select(x => x + \".bak\")) File.Delete(f);")]
    [InlineData("var any = new[] { p, q }.Any(File.Exists); if (any) File.Delete(p + \".bak\");")]
    [InlineData("if (t.Length > 3) t = File.ReadAllText(p);")]
    [InlineData("using var s = File.OpenRead(p); if (s.Length > 1000) return; using var r = new StreamReader(s); t = r.ReadToEnd();")]
    public Task SafeCode_IsSilent(string body) => Verifier.VerifyAsync<FileToctouAnalyzer>(Method(body));

    [Fact]
    public Task LookAlikes_AreSilent() => Verifier.VerifyAsync<FileToctouAnalyzer>("""
        using System.Collections.Generic;

        static class File
        {
            public static bool Exists(string p) => p.Length > 1;
            public static void Delete(string p) { }
        }

        class Cache
        {
            private readonly List<string> _entries = new();

            public void Drop(string p)
            {
                if (File.Exists(p)) File.Delete(p);
                if (_entries.Exists(e => e == p)) _entries.Remove(p);
            }
        }
        """);

    [Fact]
    public Task CheckInBoolHelper_IsReportedAtTheUse() => Verifier.VerifyAsync<FileToctouAnalyzer>("""
        using System.IO;
        using System.Threading.Tasks;

        class Store
        {
            private readonly string _path;
            public Store(string path) => _path = path;

            private bool IsThere(string p) => {|#1:File.Exists(p)|};
            private bool HasState => File.Exists(_path);
            private static bool CanRead(string p)
            {
                if (string.IsNullOrEmpty(p)) return false;
                if (!File.Exists(p)) return false;
                return true;
            }
            private Task<bool> IsThereAsync(string p) => Task.FromResult(File.Exists(p));
            private async Task<bool> IsThereLaterAsync(string p) { await Task.Yield(); return File.Exists(p); }
            private static void Require(string p) { if (!File.Exists(p)) throw new FileNotFoundException(p); }

            public string A(string p) => IsThere(p) ? [|File.ReadAllText(p)|] : "";
            public string B() { if (!HasState) return ""; return [|File.ReadAllText(_path)|]; }
            public string C(string p) { if (!CanRead(p)) return ""; return [|File.ReadAllText(p)|]; }
            public async Task D(string p) { if (!await IsThereAsync(p)) await [|File.WriteAllTextAsync(p, "")|]; }
            public async Task E(string p) { if (await IsThereLaterAsync(p).ConfigureAwait(false)) [|File.Delete(p)|]; }
            public string F(string p) { Require(p); return [|File.ReadAllText(p)|]; }
            public string G(string p, string q) { if (!IsThere(q)) return ""; return File.ReadAllText(p); }
        }
        """);

    [Fact]
    public Task UseInHelper_IsReportedAtTheCall() => Verifier.VerifyAsync<FileToctouAnalyzer>("""
        using System.IO;

        class Store
        {
            private readonly string _dir;
            public Store(string dir) => _dir = dir;

            private static void Write(string path, string text) => {|#1:File.WriteAllText(path, text)|};
            private void WriteDeep(string path, string text) => Write(path, text);
            private static string? Read(string path) { try { return File.ReadAllText(path); } catch (FileNotFoundException) { return null; } }
            private static void Fresh(string path) { using var s = new FileStream(path, FileMode.CreateNew); }
            private string PathOf(string name) => Path.Combine(_dir, name);

            public void A(string p) { if (!{|#2:File.Exists(p)|}) [|Write(p, "x")|]; }
            public void B(string p) { if (!File.Exists(p)) [|WriteDeep(p, "x")|]; }
            public string? C(string p) { if (!File.Exists(p)) return null; return Read(p); }
            public void D(string p) { if (!File.Exists(p)) Fresh(p); }
            public void E(string name) { if (File.Exists(PathOf(name))) [|File.Delete(PathOf(name))|]; }
            public void F(string name) { if (File.Exists(PathOf(name))) File.Delete(PathOf("other")); }
        }
        """);

    [Fact]
    public Task InterfaceInSource_IsResolvedToItsImplementation() => Verifier.VerifyAsync<FileToctouAnalyzer>("""
        using System.IO;

        interface ISettingsStore { bool IsPresent(string path); void Drop(string path); }

        class DiskStore : ISettingsStore
        {
            public bool IsPresent(string file) => File.Exists(file);
            public void Drop(string file) => File.Delete(file);
        }

        interface IRowStore { bool IsPresent(string id); void Drop(string id); }

        class RowStore : IRowStore
        {
            public bool IsPresent(string id) => id.Length > 1;
            public void Drop(string id) { }
        }

        class User
        {
            public void A(ISettingsStore store, string p) { if (store.IsPresent(p)) [|store.Drop(p)|]; }
            public void B(IRowStore store, string p) { if (store.IsPresent(p)) store.Drop(p); }
        }
        """);

    [Fact]
    public Task SystemIOAbstractions_IsCovered() => Verifier.VerifyAsync<FileToctouAnalyzer>("""
        namespace System.IO.Abstractions
        {
            public interface IFile { bool Exists(string path); void Delete(string path); string ReadAllText(string path); }
            public interface IFileSystem { IFile File { get; } }
        }

        namespace App
        {
            using System.IO.Abstractions;

            class Service
            {
                private readonly IFileSystem _fs;
                public Service(IFileSystem fs) => _fs = fs;
                public void A(string p) { if (_fs.File.Exists(p)) [|_fs.File.Delete(p)|]; }
                public string B(string p) { if (!_fs.File.Exists(p)) return ""; return [|_fs.File.ReadAllText(p)|]; }
            }
        }
        """);

    [Fact]
    public Task OneCheckWithManyUses_IsOneFinding() => Verifier.VerifyAsync<FileToctouAnalyzer>("""
        using System.IO;

        class Store
        {
            public void A(string p) { if (File.Exists(p)) { [|File.Copy(p, p + ".bak")|]; File.Delete(p); } }
            public void B(string p, string t) { if (File.Exists(p)) [|File.AppendAllText(p, t)|]; else [|File.WriteAllText(p, t)|]; }
            public void C(string p) { if (File.Exists(p) && new FileInfo(p).Length > 0) [|File.Delete(p)|]; }
        }
        """);

    [Fact]
    public Task TopLevelStatements_AreAnalysed() => Verifier.VerifyAsync<FileToctouAnalyzer>(
        """
        using System.IO;

        string path = args[0];
        if (!File.Exists(path))
            [|File.WriteAllText(path, "{}")|];
        """,
        new VerifierOptions { OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication });

    [Fact]
    public Task LambdaInsideTry_IsAnalysedInItsOwnGraph() => Verifier.VerifyAsync<FileToctouAnalyzer>(Method("""
        using Stream around = File.OpenRead(q);
        try
        {
            Action inner = () =>
            {
                using Stream one = File.OpenRead(q);
                using Stream two = File.OpenRead(t);
                try { if (File.Exists(p)) [|File.Delete(p)|]; } finally { Console.WriteLine(p); }
            };
            inner();
        }
        catch (IOException) { Console.WriteLine(t); }
        finally { Console.WriteLine(q); }
        """));

    private static string Method(string body) => $$"""
        using System;
        using System.IO;
        using System.Linq;

        class Sample
        {
            void Run(string p, string q, string t)
            {
                {{body}}
            }
        }
        """;
}

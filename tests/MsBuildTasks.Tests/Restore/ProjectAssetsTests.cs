using System.Text;
using SecurityToolchain.MsBuildTasks.Packages;
using SecurityToolchain.MsBuildTasks.Restore;

namespace SecurityToolchain.MsBuildTasks.Tests.Restore;

public sealed class ProjectAssetsTests
{
    [Fact]
    public void Read_PackagesProjectsAndDownloads_AreFound()
    {
        using var folder = new TemporaryFolder();
        foreach (string package in (string[])["a/1.0.0", "b/2.0.0", "pack/10.0.1"])
            Directory.CreateDirectory(folder.PathOf("packages/" + package));
        ProjectAssets assets = ProjectAssets.Read(Encoding.UTF8.GetBytes($$"""
            {
              "targets": {
                "net10.0": {
                  "A/1.0.0": { "type": "package", "dependencies": { "B": "2.0.0" }, "compile": { "lib/net10.0/a.dll": { "related": ".xml" } }, "runtimeTargets": { "runtimes/linux/native/a.so": { "assetType": "native" } } },
                  "B/2.0.0": { "type": "package", "build": { "buildTransitive/b.props": {} }, "compile": { "lib/net10.0/_._": {} } },
                  "Lib/1.0.0": { "type": "project" }
                }
              },
              "libraries": {
                "A/1.0.0": { "sha512": "x", "type": "package", "path": "a/1.0.0" },
                "B/2.0.0": { "type": "package", "path": "b/2.0.0" },
                "Gone/3.0.0": { "type": "package", "path": "gone/3.0.0" },
                "Lib/1.0.0": { "type": "project", "path": "../Lib/Lib.csproj", "msbuildProject": "../Lib/Lib.csproj" }
              },
              "packageFolders": { "{{folder.PathOf("packages")}}/": {} },
              "project": { "frameworks": { "net10.0": { "downloadDependencies": [ { "name": "Pack", "version": "[10.0.1, 10.0.1]" } ] } } }
            }
            """), folder.PathOf("App"));

        Assert.Equal(["A 1.0.0", "B 2.0.0", "Pack 10.0.1"], assets.Packages.Select(static use => use.Package.ToString()));
        PackageUse a = assets.Packages[0];
        Assert.Equal(["lib/net10.0/a.dll", "runtimes/linux/native/a.so"], a.Files.Order(StringComparer.Ordinal));
        Assert.False(a.WholePackage);
        Assert.Equal("x", a.RecordedHash);
        Assert.True(assets.Packages[1].WholePackage);
        Assert.True(assets.Packages[2].WholePackage);
        Assert.Equal(["Gone 3.0.0"], assets.Missing);
        Assert.Equal([folder.PathOf("Lib/Lib.csproj")], assets.ReferencedProjects);
    }

    [Fact]
    public void LockFile_Hashes_AreReadForEveryFramework()
    {
        LockFile lockFile = LockFile.Read("""
            { "version": 1, "dependencies": {
              "net9.0": { "A": { "type": "Direct", "resolved": "1.0.0", "contentHash": "x" }, "P": { "type": "Project" } },
              "net10.0": { "A": { "type": "Direct", "resolved": "2.0.0", "contentHash": "y" } } } }
            """u8.ToArray());
        Assert.Equal("x", lockFile.Hashes[new PackageIdentity("a", "1.0.0")]);
        Assert.Equal("y", lockFile.Hashes[new PackageIdentity("A", "2.0.0")]);
        Assert.Throws<InvalidDataException>(() => LockFile.Read("{"u8.ToArray()));
    }
}

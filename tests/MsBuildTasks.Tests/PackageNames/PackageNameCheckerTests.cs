using SecurityToolchain.MsBuildTasks.PackageNames;

namespace SecurityToolchain.MsBuildTasks.Tests.PackageNames;

public sealed class PackageNameCheckerTests(ITestOutputHelper output)
{
    private static readonly PackageNameChecker Checker = PackageNameChecker.Default;

    [Theory]
    // Cyrillic, Greek, Armenian, Cherokee, Lisu, fullwidth, mathematical, phonetic, dotless, zero width, soft hyphen, bidi, combining.
    [InlineData("Newtons\u043eft.Json")]
    [InlineData("\u0405erilog")]
    [InlineData("D\u03b1pper")]
    [InlineData("Seril\u0585g")]
    [InlineData("\u13a2ask.Runner")]
    [InlineData("Acme.\ua4d0ase")]
    [InlineData("Acme.\uff22ase")]
    [InlineData("Acme.\U0001d401ase")]
    [InlineData("Acme.Lo\u0261")]
    [InlineData("Acme.K\u0131t")]
    [InlineData("Newtonsoft\u200b.Json")]
    [InlineData("Serilo\u00adg")]
    [InlineData("Acme\u202e.Json")]
    [InlineData("Acme.e\u0301")]
    [InlineData("Acme\u0660")]
    [InlineData("\u041f\u0440\u0438\u0432\u0435\u0442.Core")]
    [InlineData("\u0391\u0411\u0412")]
    [InlineData("\u5fae\u4fe1.Sdk")]
    public void Check_MixedScriptOrHiddenCharacter_IsReported(string id)
    {
        NameSignal? signal = Checker.Check(id);
        Assert.Equal("STC7001", signal?.Rule.Id);
    }

    [Theory]
    [InlineData("\u041f\u0440\u0438\u0432\u0435\u0442")]
    [InlineData("Gr\u00f6\u00dfe.Werkzeuge")]
    [InlineData("Caf\u00e9.Menu")]
    [InlineData("\u0218tiin\u021ba.Net")]
    public void Check_OneScript_Passes(string id) => Assert.Null(Checker.Check(id));

    [Theory]
    [InlineData("Newt0nsoft.Json", "STC7002")]
    [InlineData("Dappler", "STC7003")]
    [InlineData("PoIly", "STC7002")]
    [InlineData("Seri1og", "STC7002")]
    [InlineData("NewtonsoftJson", "STC7003")]
    [InlineData("Newtonsoft-Json", "STC7003")]
    [InlineData("Newton.Soft.Json", "STC7003")]
    [InlineData("Json.Newtonsoft", "STC7003")]
    [InlineData("Newtonsoft.Jsom", "STC7003")]
    [InlineData("Newtonsfot.Json", "STC7003")]
    [InlineData("Newtonsoftt.Json", "STC7003")]
    [InlineData("Newtonsoft.Jso", "STC7003")]
    [InlineData("Nwetonsoft.Jaon", "STC7003")]
    [InlineData("Microsoft.Extensions.Hostng", "STC7003")]
    [InlineData("Swashbuckle.AspNetCoer", "STC7003")]
    [InlineData("Serilogg", "STC7003")]
    [InlineData("xunti", "STC7003")]
    [InlineData("Mqo", "STC7003")]
    [InlineData("Mooq", "STC7003")]
    [InlineData("AutoMapperr", "STC7003")]
    [InlineData("Fluentvalidatoin", "STC7003")]
    [InlineData("Caf\u00e9.Newtonsoft", null)]
    [InlineData("N\u00e9wtonsoft.Json", "STC7002")]
    [InlineData("N\u00e9wt\u00f6ns\u00f3ft.Json", "STC7002")]
    [InlineData("Microsoft.NT.Test.Sdk", "STC7003")]
    [InlineData("MailKit2", "STC7004")]
    [InlineData("MailKitV2", "STC7004")]
    [InlineData("MailKit.Official", "STC7004")]
    [InlineData("Dotnet.MailKit", "STC7004")]
    public void Check_Squat_IsReported(string id, string? rule)
    {
        NameSignal? signal = Checker.Check(id);
        Assert.Equal(rule, signal?.Rule.Id);
        if (signal is not null)
            Assert.NotNull(signal.LookAlike);
    }

    [Theory]
    // Well known, and close to another well-known id.
    [InlineData("NUnit")]
    [InlineData("xunit")]
    [InlineData("bunit")]
    [InlineData("NUnit.Analyzers")]
    [InlineData("ULID")]
    [InlineData("Testcontainers.MySql")]
    [InlineData("itext7")]
    [InlineData("newtonsoft.json")]
    // Not in the list, nothing wrong with them.
    [InlineData("Contoso.Billing")]
    [InlineData("Contoso.Json")]
    [InlineData("linq2db.Analyzers")]
    [InlineData("Spectre.Console.Ansi")]
    [InlineData("Microsoft.EntityFrameworkCore.Sqlite.Core")]
    [InlineData("xunit.v3.mtp-v1")]
    [InlineData("SecurityToolchain.Sdk")]
    [InlineData("Humanizer.Core.xx")]
    [InlineData("Foo")]
    public void Check_HonestId_Passes(string id) => Assert.Null(Checker.Check(id));

    [Fact]
    public void Check_EveryPopularId_Passes() => Assert.All(Checker.Popular.Ids, id => Assert.Null(Checker.Check(id)));

    [Fact]
    public void CheckUnknown_LeaveOneOut_StaysUnderOnePercent()
    {
        // Each well-known id is checked as if it were not in the list: what an honest package that is not well known would meet. The list
        // is full of families whose members resemble each other, so this is an upper bound for the tail.
        Dictionary<string, List<string>> fired = [];
        foreach (string id in Checker.Popular.Ids)
        {
            if (Checker.CheckUnknown(id) is { } signal)
            {
                if (!fired.TryGetValue(signal.Rule.Id, out List<string>? ids))
                    fired[signal.Rule.Id] = ids = [];
                ids.Add($"{id} ({signal.Evidence})");
            }
        }

        foreach ((string rule, List<string> ids) in fired)
            output.WriteLine($"{rule}: {ids.Count} of {Checker.Popular.Ids.Length}\n  {string.Join("\n  ", ids)}");
        Assert.False(fired.ContainsKey("STC7001"));
        Assert.True(fired.Values.Sum(static ids => ids.Count) <= Checker.Popular.Ids.Length / 100);
    }

    [Fact]
    public void Check_OneChangeOfAWellKnownId_IsReported()
    {
        // One mutant of each kind for every id of the list: dropped, doubled, swapped and other letters, other and no separators,
        // look-alikes in ASCII and from another script.
        int total = 0;
        List<string> missed = [];
        foreach (string id in Checker.Popular.Ids.Where(static id => id.Length >= 5))
        {
            foreach (string mutant in Mutants(id).Where(mutant => !Checker.Popular.Contains(mutant)))
            {
                total++;
                if (Checker.Check(mutant) is not { } signal || string.CompareOrdinal(signal.Rule.Id, "STC7003") > 0)
                    missed.Add($"{id} -> {mutant}");
            }
        }

        output.WriteLine($"missed {missed.Count} of {total}:\n  {string.Join("\n  ", missed)}");
        Assert.True(missed.Count <= total / 100, $"missed {missed.Count} of {total}");
    }

    [Theory]
    // Where the ids differ, both have the name of a brand with packages of its own.
    [InlineData("xunit.analyzers.Extras")]
    [InlineData("Verify.NUnit")]
    [InlineData("NUnit.Analyzers")]
    [InlineData("bunit")]
    public void CheckUnknown_NameOfAnotherBrand_Passes(string id) => Assert.Null(Checker.CheckUnknown(id));

    [Theory]
    // Real words, but nobody's brand.
    [InlineData("System.Test.Json")]
    [InlineData("Newtonsoft.Jason")]
    [InlineData("Microsoft.Extensions.Coaching.Memory")]
    public void Check_OneLetterToAnotherWord_IsReported(string id) => Assert.Equal("STC7003", Checker.Check(id)?.Rule.Id);

    [Fact]
    public void Near_UnknownId_LeavesFewIdsToCompare()
    {
        // What makes the check fast: the letters that occur rule out nearly all of the list before any comparison.
        const int Names = 1000;
        const int MostComparisonsForOne = 3;
        int candidates = 0;
        for (int i = 0; i < Names; i++)
            candidates += Checker.Popular.Near(new PackageName($"Contoso.Component{i}.Service"), edits: 2).Count();
        Assert.True(candidates <= Names * MostComparisonsForOne, $"{candidates} comparisons for {Names} ids");
    }

    private static IEnumerable<string> Mutants(string id)
    {
        int middle = id.Length / 2;
        while (middle > 1 && (!char.IsAsciiLetter(id[middle]) || char.ToLowerInvariant(id[middle]) == char.ToLowerInvariant(id[middle - 1])))
            middle--;
        yield return id.Remove(middle, 1);
        yield return id.Insert(middle, id[middle].ToString());
        yield return id[..(middle - 1)] + id[middle] + id[middle - 1] + id[(middle + 1)..];
        yield return id[..middle] + (char.ToLowerInvariant(id[middle]) == 'q' ? 'w' : 'q') + id[(middle + 1)..];
        if (id.Contains('.', StringComparison.Ordinal))
        {
            yield return id.Replace('.', '-');
            yield return id.Replace(".", "", StringComparison.Ordinal);
        }

        foreach ((char letter, char lookAlike) in new[] { ('o', '0'), ('l', '1'), ('a', '\u0430'), ('e', '\u0435') })
        {
            if (id.Contains(letter, StringComparison.Ordinal))
                yield return id.Replace(letter, lookAlike);
        }
    }
}

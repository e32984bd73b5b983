using System.Globalization;
using System.Text.Json;
using SecurityToolchain.Runtime.Incidents;

namespace SecurityToolchain.Runtime.Tests.Incidents;

public sealed class AuditFileTests : IDisposable
{
    private static readonly byte[] s_key = [.. Enumerable.Range(1, 32).Select(static i => (byte)i)];
    private readonly string _folder = Directory.CreateTempSubdirectory("stc-audit-").FullName;

    private string FilePath => Path.Combine(_folder, "audit.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Chain_WrittenInTwoSessions_IsIntact()
    {
        Write(3);
        Write(2);

        AuditVerification result = AuditVerifier.Verify(FilePath, s_key);

        Assert.True(result.IsIntact, result.Reason);
        Assert.Equal(5, result.Checkpoint.Sequence);
        Assert.All(File.ReadLines(FilePath), static line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public void EveryChangedByte_BreaksTheChain()
    {
        Write(2);
        byte[] original = File.ReadAllBytes(FilePath);

        for (int i = 0; i < original.Length; i++)
        {
            byte[] changed = [.. original];
            changed[i] ^= 1;
            File.WriteAllBytes(FilePath, changed);
            Assert.False(AuditVerifier.Verify(FilePath, s_key).IsIntact, string.Create(CultureInfo.InvariantCulture, $"Byte {i} was changed unseen."));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void RemovedLine_IsFoundWhereItWas(int removed)
    {
        Write(4);
        File.WriteAllLines(FilePath, File.ReadAllLines(FilePath).Where((_, index) => index != removed));

        AuditVerification result = AuditVerifier.Verify(FilePath, s_key);

        Assert.False(result.IsIntact);
        Assert.Equal(removed + 1, result.FirstBadLine);
        Assert.Contains("removed, moved or inserted", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void SwappedLines_AreFound()
    {
        Write(3);
        string[] lines = File.ReadAllLines(FilePath);
        File.WriteAllLines(FilePath, [lines[0], lines[2], lines[1]]);

        Assert.Equal(2, AuditVerifier.Verify(FilePath, s_key).FirstBadLine);
    }

    [Fact]
    public void CutOffEnd_IsFoundWithACheckpointOnly_KnownLimit()
    {
        AuditCheckpoint checkpoint = Write(4);
        File.WriteAllLines(FilePath, File.ReadAllLines(FilePath).Take(3));

        Assert.True(AuditVerifier.Verify(FilePath, s_key).IsIntact);
        Assert.False(AuditVerifier.Verify(FilePath, s_key, checkpoint).IsIntact);
    }

    [Fact]
    public void Checkpoint_InTheMiddle_IsPassed()
    {
        AuditCheckpoint checkpoint = Write(2);
        Write(2);

        Assert.True(AuditVerifier.Verify(FilePath, s_key, checkpoint).IsIntact);
    }

    [Fact]
    public void OtherKey_DoesNotVerify()
    {
        Write(1);

        Assert.False(AuditVerifier.Verify(FilePath, new byte[32]).IsIntact);
    }

    [Fact]
    public void BrokenFile_IsNotAppendedTo()
    {
        Write(2);
        string broken = File.ReadAllText(FilePath).Replace("number-1", "number-9", StringComparison.Ordinal);
        File.WriteAllText(FilePath, broken);

        InvalidDataException failure = Assert.Throws<InvalidDataException>(() => new AuditFile(FilePath, s_key));

        Assert.Contains("line 2", failure.Message, StringComparison.Ordinal);
        Assert.Equal(broken, File.ReadAllText(FilePath));
    }

    [Fact]
    public void SecretsAndLineBreaks_DoNotReachTheFile()
    {
        using (var audit = new AuditFile(FilePath, s_key))
        {
            audit.Write(new SecurityEvent
            {
                Type = SecurityEventType.SecretFound,
                Severity = SecuritySeverity.High,
                UserId = "a\nb",
                Details = new Dictionary<string, string> { ["api_key"] = "s3cr3t-value", ["note"] = "x\r\ny" },
            });
        }

        string text = File.ReadAllText(FilePath);
        Assert.DoesNotContain("s3cr3t-value", text, StringComparison.Ordinal);
        Assert.Equal(1, text.Count(static c => c == '\n'));
        Assert.True(AuditVerifier.Verify(FilePath, s_key).IsIntact);
    }

    [Fact]
    public void EightThreads_KeepOneChain()
    {
        using (var audit = new AuditFile(FilePath, s_key))
            Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => audit.Write(Event(i)));

        AuditVerification result = AuditVerifier.Verify(FilePath, s_key);
        Assert.True(result.IsIntact, result.Reason);
        Assert.Equal(200, result.Checkpoint.Sequence);
    }

    [Fact]
    public void ShortKey_IsRefused() => Assert.Throws<ArgumentException>(() => new AuditFile(FilePath, new byte[31]));

    [Fact]
    public void NewFile_IsForItsOwnerOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no mode bits.");
        Write(1);

#pragma warning disable CA1416 // Skipped on Windows above.
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
#pragma warning restore CA1416
    }

    private static SecurityEvent Event(int number) => new()
    {
        Type = SecurityEventType.InvalidInput,
        Severity = SecuritySeverity.Low,
        Details = new Dictionary<string, string> { ["number"] = string.Create(CultureInfo.InvariantCulture, $"number-{number}") },
    };

    private AuditCheckpoint Write(int count)
    {
        using var audit = new AuditFile(FilePath, s_key);
        for (int i = 0; i < count; i++)
            audit.Write(Event(i));
        return audit.Checkpoint;
    }
}

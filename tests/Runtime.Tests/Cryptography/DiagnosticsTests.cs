using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.Runtime.Tests.Cryptography;

public sealed class DiagnosticsTests
{
    [Fact]
    public void Examine_HealthyMessagesOfAnyLength_AreHealthy()
    {
        // The documents' own check asks for a length that is a multiple of 16, which GCM does not have.
        byte[] key = AeadEncryption.GenerateKey();
        using var encryption = new AeadEncryption(key);
        var ledger = new NonceLedger();
        for (int size = 0; size < 100; size++)
            Assert.True(EncryptionDiagnostics.Examine(key, encryption.Encrypt(new byte[size], "a"u8), "a"u8, ledger).IsHealthy);
        Assert.Equal(100, ledger.Count);
    }

    [Fact]
    public void Examine_EachFault_IsFound()
    {
        byte[] key = AeadEncryption.GenerateKey();
        using var encryption = new AeadEncryption(key);
        byte[] envelope = encryption.Encrypt(new byte[15]);
        byte[] tampered = [.. envelope];
        tampered[20] ^= 1;
        Assert.False(Examine(key[..31], envelope).KeySizeValid);
        Assert.False(Examine(AeadEncryption.GenerateKey(), envelope).KeyIdMatches);
        Assert.False(Examine(key, tampered).DataIntegrity);
        Assert.True(Examine(key, tampered).TagPresent);
        Assert.False(Examine(key, envelope[..32]).TagPresent);
        Assert.True(Examine(key, encryption.Encrypt([])).TagPresent);
        Assert.False(Examine(key, tampered).IsHealthy);
        Assert.False(Examine(key, []).IsHealthy);
    }

    [Fact]
    public void Examine_TwoMessagesWithOneNonce_IsReuse()
    {
        byte[] key = AeadEncryption.GenerateKey();
        using var first = new AeadEncryption(key, 5, new NonceSequence(1, 1));
        using var second = new AeadEncryption(key, 5, new NonceSequence(1, 1));
        var ledger = new NonceLedger();
        byte[] one = first.Encrypt([1]);
        byte[] two = second.Encrypt([2]);
        Assert.Equal(NonceObservation.Unique, EncryptionDiagnostics.Examine(key, one, default, ledger).Nonce);
        Assert.Equal(NonceObservation.SameMessage, EncryptionDiagnostics.Examine(key, one, default, ledger).Nonce);
        EncryptionDiagnostics result = EncryptionDiagnostics.Examine(key, two, default, ledger);
        Assert.Equal(NonceObservation.Reused, result.Nonce);
        Assert.True(result.DataIntegrity);
        Assert.False(result.IsHealthy);
    }

    [Fact]
    public void Ledger_Full_SaysUnknownAndKeepsWhatItKnows()
    {
        using var encryption = new AeadEncryption(AeadEncryption.GenerateKey());
        var ledger = new NonceLedger(capacity: 1);
        byte[] first = encryption.Encrypt([1]);
        Assert.Equal(NonceObservation.Unique, ledger.Observe(first));
        Assert.Equal(NonceObservation.Unknown, ledger.Observe(encryption.Encrypt([2])));
        Assert.Equal(NonceObservation.SameMessage, ledger.Observe(first));
        Assert.Equal(NonceObservation.Unknown, ledger.Observe([1, 2, 3]));
    }

    [Fact]
    public void Measure_SlowIsPerSize_AndMetricsAreEmitted()
    {
        var clock = new ManualClock();
        using var performance = new CryptoPerformance(clock: clock);
        var seen = new List<(string Name, double Value)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == CryptoPerformance.MeterName)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => seen.Add((instrument.Name, value)));
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen.Add((instrument.Name, value)));
        listener.Start();

        Assert.False(Run(0, 100).IsSlow);
        Assert.True(Run(0, 101).IsSlow);
        Assert.False(Run(1L << 30, 10_000).IsSlow);
        Assert.Equal(0, Run(0, 0).MegabytesPerSecond);
        Assert.Equal(10, Run(1_000_000, 100).MegabytesPerSecond, 6);
        Assert.Contains(("security.crypto.slow", 1d), seen);
        Assert.Equal(5, seen.Count(static item => item.Name == "security.crypto.duration"));
        Assert.Throws<InvalidOperationException>(() => performance.Measure<int>("op", 0, static () => throw new InvalidOperationException(), out _));
        Assert.Equal(6, seen.Count(static item => item.Name == "security.crypto.duration"));

        PerformanceMetrics Run(long bytes, int milliseconds)
        {
            performance.Measure("op", bytes, () => clock.Advance(TimeSpan.FromMilliseconds(milliseconds)), out PerformanceMetrics metrics);
            return metrics;
        }
    }

    [Fact]
    public void TokenFormat_OwnTokens_AreWellFormedAndDamagedOnesAreNot()
    {
        var format = new TokenFormat("shop_live");
        string token = format.Create();
        Assert.Matches(@"\Ashop_live_[A-Za-z0-9]{43}_[A-Za-z0-9]{6}\z", token);
        Assert.True(format.IsWellFormed(token));
        Assert.False(new TokenFormat("shop_test").IsWellFormed(token));
        Assert.False(format.IsWellFormed(token.AsSpan(0, token.Length - 1)));
        Assert.False(format.IsWellFormed(""));
        for (int i = 0; i < token.Length; i++)
        {
            char[] damaged = token.ToCharArray();
            damaged[i] = damaged[i] == 'x' ? 'y' : 'x';
            Assert.False(format.IsWellFormed(damaged));
            damaged[i] = 'é';
            Assert.False(format.IsWellFormed(damaged));
        }

        Assert.Equal(10_000, Enumerable.Range(0, 10_000).Select(_ => format.Create()).Distinct().Count());
        Assert.Throws<ArgumentException>(() => new TokenFormat("Upper"));
        Assert.Throws<ArgumentException>(() => new TokenFormat("end_"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenFormat("p", 21));
    }

    private static EncryptionDiagnostics Examine(byte[] key, byte[] envelope) =>
        EncryptionDiagnostics.Examine(key, envelope, default, new NonceLedger());
}

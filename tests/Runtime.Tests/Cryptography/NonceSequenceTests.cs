using System.Buffers.Binary;
using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.Runtime.Tests.Cryptography;

public sealed class NonceSequenceTests
{
    [Fact]
    public void Next_OneMillionFromEightThreads_AllDistinct()
    {
        const int Threads = 8;
        const int PerThread = 125_000;
        var sequence = new NonceSequence();
        var counters = new ulong[Threads][];
        RunOnThreads(Threads, thread =>
        {
            ulong[] mine = counters[thread] = new ulong[PerThread];
            Span<byte> nonce = stackalloc byte[12];
            for (int i = 0; i < PerThread; i++)
            {
                sequence.Next(nonce);
                mine[i] = BinaryPrimitives.ReadUInt64BigEndian(nonce[4..]);
            }
        });

        Assert.Equal(Threads * PerThread, counters.SelectMany(static value => value).Distinct().Count());
        Assert.Equal(NonceSequence.DefaultMaxNonces - (Threads * PerThread), sequence.Remaining);
    }

    [Fact]
    public void Next_LastButOne_ThrowsAtTheSecondCall()
    {
        var sequence = new NonceSequence(fixedField: 7, firstCounter: ulong.MaxValue, maxNonces: 1);
        byte[] last = sequence.Next();
        Assert.Equal("00000007FFFFFFFFFFFFFFFF", Convert.ToHexString(last));
        Assert.Throws<NonceExhaustedException>(() => sequence.Next());
        Assert.Throws<NonceExhaustedException>(() => sequence.Next());
        Assert.Equal(0, sequence.Remaining);
    }

    [Fact]
    public void Next_AtTheLimit_LeavesTheDestinationUntouched()
    {
        var sequence = new NonceSequence(maxNonces: 1);
        sequence.Next();
        byte[] destination = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        Assert.Throws<NonceExhaustedException>(() => sequence.Next(destination));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], destination);
    }

    [Fact]
    public void Next_TwoSequencesOfOneKey_NeverCollideInAMillion()
    {
        var first = new NonceSequence();
        var second = new NonceSequence();
        var seen = new HashSet<UInt128>();
        Span<byte> nonce = stackalloc byte[16];
        for (int i = 0; i < 500_000; i++)
        {
            first.Next(nonce[4..]);
            Assert.True(seen.Add(BinaryPrimitives.ReadUInt128BigEndian(nonce)));
            second.Next(nonce[4..]);
            Assert.True(seen.Add(BinaryPrimitives.ReadUInt128BigEndian(nonce)));
        }
    }

    [Fact]
    public void Next_ManyShortSequences_NeverCollide()
    {
        // The documents' own sketch restarts its counter at zero; there the first collision comes after about 86,000 sequences.
        var seen = new HashSet<UInt128>();
        Span<byte> nonce = stackalloc byte[16];
        for (int i = 0; i < 300_000; i++)
        {
            new NonceSequence().Next(nonce[4..]);
            Assert.True(seen.Add(BinaryPrimitives.ReadUInt128BigEndian(nonce)));
        }
    }

    [Fact]
    public void Next_ExplicitField_CountsUpInBigEndian()
    {
        var sequence = new NonceSequence(0xA1B2C3D4, firstCounter: 255);
        Assert.Equal("A1B2C3D400000000000000FF", Convert.ToHexString(sequence.Next()));
        Assert.Equal("A1B2C3D40000000000000100", Convert.ToHexString(sequence.Next()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(13)]
    public void Next_WrongSize_UsesNoNonce(int size)
    {
        var sequence = new NonceSequence(maxNonces: 1);
        Assert.Throws<ArgumentException>(() => sequence.Next(new byte[size]));
        Assert.Equal(1, sequence.Remaining);
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData((1L << 62) + 1)]
    public void Constructor_LimitOutOfRange_Throws(long limit)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NonceSequence(limit));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NonceSequence(1, 0, limit));
    }

    [Fact]
    public void Constructor_CounterThatWouldWrap_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NonceSequence(1, ulong.MaxValue, maxNonces: 2));
        Assert.Equal(2, new NonceSequence(1, ulong.MaxValue - 1, maxNonces: 2).Remaining);
    }

    [Fact]
    public void Reserve_FromManyThreads_GivesDisjointBlocksUpToTheLimit()
    {
        var sequence = new NonceSequence(0, 0, maxNonces: 100_000);
        var taken = new System.Collections.Concurrent.ConcurrentBag<ulong>();
        RunOnThreads(8, thread =>
        {
            byte[] nonce = new byte[12];
            while (true)
            {
                NonceBlock block;
                try
                {
                    block = sequence.Reserve(thread + 1);
                }
                catch (NonceExhaustedException)
                {
                    return;
                }

                for (int i = 0; i < block.Count; i++)
                {
                    block.Write(i, nonce);
                    taken.Add(BinaryPrimitives.ReadUInt64BigEndian(nonce.AsSpan(4)));
                }
            }
        });

        Assert.Equal(100_000 - (int)sequence.Remaining, taken.Distinct().Count());
        Assert.Equal(taken.Count, taken.Distinct().Count());
        Assert.True(taken.All(static counter => counter < 100_000));
    }

    [Fact]
    public void Reserve_MoreThanIsLeft_UsesNone()
    {
        var sequence = new NonceSequence(maxNonces: 10);
        Assert.Throws<NonceExhaustedException>(() => sequence.Reserve(11));
        Assert.Equal(10, sequence.Reserve(10).Count);
    }

    [Fact]
    public void Block_IndexOutside_Throws()
    {
        NonceBlock block = new NonceSequence().Reserve(2);
        Assert.Throws<ArgumentOutOfRangeException>(() => block.Write(2, new byte[12]));
        Assert.Throws<ArgumentOutOfRangeException>(() => block.Write(-1, new byte[12]));
        Assert.Throws<ArgumentException>(() => block.Write(0, new byte[11]));
    }

    private static void RunOnThreads(int count, Action<int> work)
    {
        using var start = new Barrier(count);
        var threads = Enumerable.Range(0, count).Select(index => new Thread(() =>
        {
            start.SignalAndWait();
            work(index);
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
    }
}

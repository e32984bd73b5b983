using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sources;

/// <summary>Values that look random or unique and can be guessed: generators that are not meant for security, clocks, GUIDs, identities, counters.</summary>
internal static class RandomnessSources
{
    private const string Random = "System.Random";

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Source> All = ImmutableArray.Create(
        // System.Random reference: "not cryptographically secure".
        Source.ReturnValue(SourceKinds.WeakRandom, Random, "Next", includeImplementations: true, describe: "Random.Next"),
        Source.ReturnValue(SourceKinds.WeakRandom, Random, "NextInt64", includeImplementations: true, describe: "Random.NextInt64"),
        Source.ReturnValue(SourceKinds.WeakRandom, Random, "NextDouble", includeImplementations: true, describe: "Random.NextDouble"),
        Source.ReturnValue(SourceKinds.WeakRandom, Random, "NextSingle", includeImplementations: true, describe: "Random.NextSingle"),
        Source.ReturnValue(SourceKinds.WeakRandom, Random, "Sample", includeImplementations: true, describe: "Random.Sample"),
        Source.ReturnValue(SourceKinds.WeakRandom, Random, "GetItems", includeImplementations: true, describe: "Random.GetItems"),
        Source.ReturnValue(SourceKinds.WeakRandom, Random, "GetString", includeImplementations: true, describe: "Random.GetString"),
        Source.ReturnValue(SourceKinds.WeakRandom, Random, "GetHexString", includeImplementations: true, describe: "Random.GetHexString"),
        Source.Argument(SourceKinds.WeakRandom, Random, "NextBytes", "buffer", includeImplementations: true, describe: "Random.NextBytes"),
        Source.Argument(SourceKinds.WeakRandom, Random, "Shuffle", "values", includeImplementations: true, describe: "Random.Shuffle"),
        Source.Argument(SourceKinds.WeakRandom, Random, "GetItems", "destination", includeImplementations: true, describe: "Random.GetItems"),
        Source.ReturnValue(SourceKinds.WeakRandom, "Microsoft.VisualBasic.VBMath", "Rnd", describe: "VBMath.Rnd"),

        // A seed makes the whole sequence known to who knows the seed.
        Source.Construction(SourceKinds.SeededRandom, Random, describe: "new Random(seed)", filter: static constructor => constructor is IMethodSymbol { Parameters.Length: 1 }),

        // System.DateTime, System.Diagnostics.Stopwatch, System.Environment and System.TimeProvider references.
        Source.Property(SourceKinds.Clock, "System.DateTime", "Now", describe: "DateTime.Now"),
        Source.Property(SourceKinds.Clock, "System.DateTime", "UtcNow", describe: "DateTime.UtcNow"),
        Source.Property(SourceKinds.Clock, "System.DateTime", "Today", describe: "DateTime.Today"),
        Source.Property(SourceKinds.Clock, "System.DateTimeOffset", "Now", describe: "DateTimeOffset.Now"),
        Source.Property(SourceKinds.Clock, "System.DateTimeOffset", "UtcNow", describe: "DateTimeOffset.UtcNow"),
        Source.Property(SourceKinds.Clock, "System.Environment", "TickCount", describe: "Environment.TickCount"),
        Source.Property(SourceKinds.Clock, "System.Environment", "TickCount64", describe: "Environment.TickCount64"),
        Source.ReturnValue(SourceKinds.Clock, "System.Diagnostics.Stopwatch", "GetTimestamp", describe: "Stopwatch.GetTimestamp"),
        Source.Property(SourceKinds.Clock, "System.Diagnostics.Stopwatch", "ElapsedTicks", describe: "Stopwatch.ElapsedTicks"),
        Source.Property(SourceKinds.Clock, "System.Diagnostics.Stopwatch", "ElapsedMilliseconds", describe: "Stopwatch.ElapsedMilliseconds"),
        Source.Property(SourceKinds.Clock, "System.Diagnostics.Stopwatch", "Elapsed", describe: "Stopwatch.Elapsed"),
        Source.ReturnValue(SourceKinds.Clock, "System.TimeProvider", "GetUtcNow", includeImplementations: true, describe: "TimeProvider.GetUtcNow"),
        Source.ReturnValue(SourceKinds.Clock, "System.TimeProvider", "GetLocalNow", includeImplementations: true, describe: "TimeProvider.GetLocalNow"),
        Source.ReturnValue(SourceKinds.Clock, "System.TimeProvider", "GetTimestamp", includeImplementations: true, describe: "TimeProvider.GetTimestamp"),

        // System.Guid reference: NewGuid has 122 random bits and "should not be used for cryptographic purposes"; version 7 starts with the time.
        Source.ReturnValue(SourceKinds.GuidValue, "System.Guid", "NewGuid", describe: "Guid.NewGuid"),
        Source.ReturnValue(SourceKinds.GuidValue | SourceKinds.Clock, "System.Guid", "CreateVersion7", describe: "Guid.CreateVersion7"),

        // Identities that other processes can list.
        Source.Property(SourceKinds.ProcessIdentity, "System.Environment", "ProcessId", describe: "Environment.ProcessId"),
        Source.Property(SourceKinds.ProcessIdentity, "System.Environment", "CurrentManagedThreadId", describe: "Environment.CurrentManagedThreadId"),
        Source.Property(SourceKinds.ProcessIdentity, "System.Environment", "MachineName", describe: "Environment.MachineName"),
        Source.Property(SourceKinds.ProcessIdentity, "System.Diagnostics.Process", "Id", describe: "Process.Id"),
        Source.Property(SourceKinds.ProcessIdentity, "System.Threading.Thread", "ManagedThreadId", describe: "Thread.ManagedThreadId"),
        Source.ReturnValue(SourceKinds.ProcessIdentity, "System.Object", "GetHashCode", describe: "object.GetHashCode"),

        // System.Threading.Interlocked reference: a shared counter.
        Source.ReturnValue(SourceKinds.Counter, "System.Threading.Interlocked", "Increment", describe: "Interlocked.Increment"));

    /// <summary>How generators pass on that they were seeded.</summary>
    public static readonly ImmutableArray<Propagator> Propagators = ImmutableArray.Create(
        Propagator.ReceiverToResult(Random, "Next", includeImplementations: true),
        Propagator.ReceiverToResult(Random, "NextInt64", includeImplementations: true),
        Propagator.ReceiverToResult(Random, "NextDouble", includeImplementations: true),
        Propagator.ReceiverToResult(Random, "NextSingle", includeImplementations: true),
        Propagator.ReceiverToResult(Random, "GetItems", includeImplementations: true),
        Propagator.ReceiverToArgument(Random, "NextBytes", "buffer", includeImplementations: true),

        // The seed decides the sequence; where it comes from is not what the value consists of.
        Propagator.Neutral(Random, ModelRow.Constructor));
}

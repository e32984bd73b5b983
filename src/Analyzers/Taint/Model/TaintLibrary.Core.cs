using SecurityToolchain.Analyzers.Taint.Propagators;
using SecurityToolchain.Analyzers.Taint.Sinks;
using SecurityToolchain.Analyzers.Taint.Sources;

namespace SecurityToolchain.Analyzers.Taint.Model;

internal sealed partial class TaintLibrary
{
    // What every program uses: text, collections, streams, tasks; and the rows that the engine's own tests stand on.
    private static void AddCore(Builder builder)
    {
        builder.Add(CoreSources.All);
        builder.Add(AdoNetSinks.All);
        builder.Add(CorePropagators.All);
        builder.Add(CorePropagators.Overwrites);
        builder.Add(CollectionPropagators.All);
    }
}

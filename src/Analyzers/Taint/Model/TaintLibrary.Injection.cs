using SecurityToolchain.Analyzers.Taint.Sinks;

namespace SecurityToolchain.Analyzers.Taint.Model;

internal sealed partial class TaintLibrary
{
    // Rows of this family: builder.Add(SomeSinks.All); matchers: builder.Add(static compilation => new SomeMatcher(compilation)).
    private static void AddInjection(Builder builder)
    {
        builder.Add(ObjectMapperSinks.All);
    }
}

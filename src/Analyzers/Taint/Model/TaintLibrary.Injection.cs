using SecurityToolchain.Analyzers.Taint.Sanitizers;
using SecurityToolchain.Analyzers.Taint.Sinks;
using SecurityToolchain.Analyzers.Taint.Sources;

namespace SecurityToolchain.Analyzers.Taint.Model;

internal sealed partial class TaintLibrary
{
    // Rows of this family: builder.Add(SomeSinks.All); matchers: builder.Add(static compilation => new SomeMatcher(compilation)).
    private static void AddInjection(Builder builder)
    {
        builder.Add(AspNetCoreSources.All);
        builder.Add(SystemWebSources.All);
        builder.Add(NetworkSources.All);
        builder.Add(LocalSources.All);
        builder.Add(StoredSources.All);
        builder.Add(ArchiveSources.All);
        builder.Add(ChatModelSources.All);
        builder.Add(static compilation => (ISourceMatcher)new EntryPointSources(compilation));
        builder.Add(static compilation => (ISourceMatcher?)StoredEntityMatcher.For(compilation));

        builder.Add(ObjectMapperSinks.All);
        builder.Add(StoreSinks.Queries);
        builder.Add(StoreSinks.Entities);
        builder.Add(CommandSinks.All);
        builder.Add(PathSinks.All);
        builder.Add(DirectorySinks.All);
        builder.Add(XmlSinks.All);
        builder.Add(XmlParserSinks.All);
        builder.Add(XmlParserSinks.Settings);
        builder.Add(static compilation => (ISourceMatcher?)XmlSettingMatcher.For(compilation));
        builder.Add(MarkupSinks.All);
        builder.Add(RedirectSinks.All);
        builder.Add(RequestSinks.All);
        builder.Add(CodeSinks.All);
        builder.Add(ReflectionSinks.All);
        builder.Add(TextSinks.Patterns);
        builder.Add(TextSinks.Logs);
        builder.Add(TextSinks.FormatsAndResources);
        builder.Add(TextSinks.Headers);
        builder.Add(TextSinks.Prompts);

        builder.Add(EncodingSanitizers.All);
        builder.Add(CharacterSanitizers.All);
        builder.Add(PathSanitizers.All);
        builder.Add(UrlSanitizers.Prefixes);
        builder.Add(UrlSanitizers.Validators);
        builder.Add(static _ => (IGuardMatcher)new ContainmentGuard());
        builder.Add(static _ => (IGuardMatcher)new HostGuard());
    }
}

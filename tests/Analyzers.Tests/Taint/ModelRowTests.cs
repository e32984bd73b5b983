using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Taint;

/// <summary>Resolves every row of the library model against the library itself, so that a wrong name fails the build.</summary>
public sealed class ModelRowTests
{
    // Libraries that no test project restores. docs/rules/model.md lists them as unverified.
    private static readonly string[] s_unverified =
    [
        "Amazon.", "Azure.", "Cassandra.", "CliWrap.", "Confluent.", "DotLiquid.", "DynamicExpresso.", "Fluid.", "Flurl.", "Ganss.", "Gremlin.", "HandlebarsDotNet.", "ICSharpCode.SharpZipLib.Tar.TarEntry",
        "Ionic.", "Jint.", "MassTransit.", "Medallion.", "Microsoft.ApplicationBlocks.", "Microsoft.Azure.Documents.", "Microsoft.Azure.Functions.", "Microsoft.ClearScript.", "Microsoft.Extensions.AI.ChatResponse`1",
        "Microsoft.Owin.", "Microsoft.Practices.", "Microsoft.Scripting.", "Microsoft.Security.Application.", "Microsoft.SemanticKernel.", "MimeKit.", "MoonSharp.", "MySql.Data.", "NCalc.", "Neo4j.",
        "NHibernate.", "NLua.", "Novell.", "NPoco.", "NServiceBus.", "OpenAI.", "PetaPoco.", "Raven.", "RazorEngine.", "RazorEngineCore.", "RazorLight.", "Rebus.", "Refit.", "Renci.", "Scriban.",
        "ServiceStack.", "SevenZip.", "SharpCompress.", "SimpleExec.", "SixLabors.", "StackExchange.", "System.Data.Entity.", "System.Linq.Dynamic.DynamicQueryable", "System.Management.Automation.",
        "System.Web.Http.", "System.Web.Mvc.", "System.Web.WebPages.", "Vereyon.", "Dapper.SqlBuilder", "System.Net.Http.HttpRequestMessageExtensions",

        // Older versions of a library that is restored in a newer one.
        "LinqToDB.RawSqlString", "LinqToDB.Data.DataConnectionExtensions",
    ];

    private static readonly string[] s_olderMembers =
    [
        "Microsoft.EntityFrameworkCore.RelationalQueryableExtensions.FromSql", "Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlCommand", "Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlCommandAsync",
    ];

    [Fact]
    public void EveryRow_ResolvesAgainstItsLibrary()
    {
        KnownTypes[] worlds = [KnownTypes.For(Create(TestReferences.All)), KnownTypes.For(Create(Files("ModelReferences"))), KnownTypes.For(Create(Files("FrameworkReferences")))];

        string[] unresolved =
        [
            .. TaintLibrary.BuiltIn.Rows
                .Where(static row => !s_unverified.Any(prefix => row.TypeName.StartsWith(prefix, StringComparison.Ordinal)) && !s_olderMembers.Contains(row.TypeName + "." + row.MemberName))
                .Where(row => !worlds.Any(row.IsKnown))
                .Select(static row => $"{row.GetType().Name} {row.TypeName}.{row.MemberName} {Parameter(row)}")
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

        Assert.True(unresolved.Length == 0, string.Join('\n', unresolved));
    }

    private static string? Parameter(ModelRow row) => row switch
    {
        Sink sink => sink.ParameterName,
        Source source => source.ParameterName,
        Validator validator => validator.ParameterName,
        _ => null,
    };

    private static CSharpCompilation Create(IEnumerable<MetadataReference> references) => CSharpCompilation.Create("Rows", references: references);

    private static IEnumerable<MetadataReference> Files(string name)
    {
        string folder = typeof(ModelRowTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == name).Value!;
        string[] files = Directory.GetFiles(folder, "*.dll");
        Assert.NotEmpty(files);
        return files.Select(static file => (MetadataReference)MetadataReference.CreateFromFile(file)).Concat(name == "ModelReferences" ? TestReferences.All : []);
    }
}

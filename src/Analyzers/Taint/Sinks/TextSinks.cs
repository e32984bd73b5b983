using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;
using static SecurityToolchain.Analyzers.Taint.Sinks.SinkRows;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>Members that interpret text in other ways: patterns, formats, log templates, headers, settings.</summary>
internal static class TextSinks
{
    private const string Regex = "System.Text.RegularExpressions.Regex";
    private const string Logger = "Microsoft.Extensions.Logging.LoggerExtensions";

    private static readonly string[] s_log4net = ["Debug", "Info", "Warn", "Error", "Fatal"];
    private static readonly string[] s_levels = ["Trace", "Debug", "Info", "Warn", "Error", "Fatal"];
    private static readonly string[] s_serilog = ["Verbose", "Debug", "Information", "Warning", "Error", "Fatal", "Write"];

    /// <summary>Regular expressions (CWE-1333, CWE-625).</summary>
    public static readonly ImmutableArray<Sink> Patterns = ImmutableArray.CreateRange<Sink>([
        .. Constructors(SinkKinds.RegexPattern, Regex, "pattern"),
        .. Parameters(SinkKinds.RegexPattern, Regex, "pattern", "IsMatch", "Match", "Matches", "Replace", "Split", "Count", "EnumerateMatches", "EnumerateSplits"),
    ]);

    /// <summary>Log messages (CWE-117). Arguments of a template stay apart; the template itself must be constant.</summary>
    public static readonly ImmutableArray<Sink> Logs = ImmutableArray.CreateRange<Sink>([
        .. Parameters(SinkKinds.LogTemplate, Logger, "message", "Log", "LogTrace", "LogDebug", "LogInformation", "LogWarning", "LogError", "LogCritical"),
        .. Parameters(SinkKinds.LogTemplate, Logger, "messageFormat", "BeginScope"),
        .. Parameters(SinkKinds.LogTemplate, "System.Diagnostics.Trace", "message", "TraceInformation", "TraceWarning", "TraceError", "Write", "WriteLine"),
        .. Parameters(SinkKinds.LogTemplate, "System.Diagnostics.EventLog", "message", "WriteEntry"),
        .. Parameters(SinkKinds.LogTemplate, "log4net.ILog", "message", s_log4net),
        .. Parameters(SinkKinds.LogTemplate, "log4net.ILog", "format", [.. s_log4net.Select(static level => level + "Format")]),
        .. Parameters(SinkKinds.LogTemplate, "NLog.ILogger", "message", s_levels),
        .. Parameters(SinkKinds.LogTemplate, "NLog.Logger", "message", s_levels),
        .. Parameters(SinkKinds.LogTemplate, "Serilog.ILogger", "messageTemplate", s_serilog),
        .. Parameters(SinkKinds.LogTemplate, "Serilog.Log", "messageTemplate", s_serilog),
    ]);

    /// <summary>Composite formats (CWE-134), connection strings and settings (CWE-99, CWE-454).</summary>
    public static readonly ImmutableArray<Sink> FormatsAndResources = ImmutableArray.CreateRange<Sink>([
        .. Parameters(SinkKinds.FormatString, "System.String", "format", "Format"),
        .. Parameters(SinkKinds.FormatString, "System.Text.StringBuilder", "format", "AppendFormat"),
        .. Parameters(SinkKinds.FormatString, "System.Text.CompositeFormat", "format", "Parse"),
        .. Parameters(SinkKinds.FormatString, "System.Console", "format", HasArguments, ["Write", "WriteLine"]),
        .. Parameters(SinkKinds.FormatString, "System.IO.TextWriter", "format", HasArguments, ["Write", "WriteLine"]),
        .. Properties(SinkKinds.ConnectionString, "System.Data.IDbConnection", "ConnectionString"),
        .. Constructors(SinkKinds.ConnectionString, "System.Data.IDbConnection", "connectionString"),
        .. Constructors(SinkKinds.ConnectionString, "System.Data.Common.DbConnectionStringBuilder", "connectionString"),
        .. Properties(SinkKinds.ConnectionString, "System.Data.Common.DbConnectionStringBuilder", "ConnectionString"),
        .. Parameters(SinkKinds.Setting, "System.Environment", "variable", "SetEnvironmentVariable"),
        .. Parameters(SinkKinds.Setting, "System.Environment", "value", static site => site.TryGetConstant("variable", out object? name) && IsRiskyVariable(name), ["SetEnvironmentVariable"]),
    ]);

    /// <summary>Headers of HTTP messages and mails (CWE-113, CWE-93). Kestrel refuses line breaks, so ASP.NET Core headers are no sinks.</summary>
    public static readonly ImmutableArray<Sink> Headers = ImmutableArray.CreateRange<Sink>([
        .. Parameters(SinkKinds.HttpHeader, "System.Web.HttpResponse", "value", "AddHeader", "AppendHeader"),
        .. Parameters(SinkKinds.HttpHeader, "System.Web.HttpResponseBase", "value", "AddHeader", "AppendHeader"),
        .. Parameters(SinkKinds.HttpHeader, "System.Web.HttpResponse", "name", "AddHeader", "AppendHeader"),
        .. Parameters(SinkKinds.HttpHeader, "System.Net.HttpListenerResponse", "value", "AddHeader", "AppendHeader"),
        .. Parameters(SinkKinds.HttpHeader, "System.Net.HttpListenerResponse", "name", "AddHeader", "AppendHeader"),
        .. Parameters(SinkKinds.HttpHeader, "System.Collections.Specialized.NameValueCollection", "value", IsHeaderCollection, ["Add", "Set"]),
        Sink.IndexerValue(SinkKinds.HttpHeader, "System.Collections.Specialized.NameValueCollection", includeImplementations: true, when: IsHeaderCollection),
        .. Constructors(SinkKinds.HttpHeader, "System.Web.HttpCookie", "value"),
        .. Properties(SinkKinds.HttpHeader, "System.Web.HttpCookie", "Value"),

        // A cookie that is written by hand: attributes can be added.
        .. Parameters(SinkKinds.Cookie, "Microsoft.AspNetCore.Http.HeaderDictionaryExtensions", "value", static site => site.TryGetConstant("key", out object? key) && IsSetCookie(key), ["Append"]),
        Sink.IndexerValue(SinkKinds.Cookie, "Microsoft.AspNetCore.Http.IHeaderDictionary", includeImplementations: true, when: static site => site.Operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: [var key] } } && site.TryGetConstant(key.Value.WithoutConversions(), out object? name) && IsSetCookie(name)),
        .. Properties(SinkKinds.Cookie, "Microsoft.AspNetCore.Http.IHeaderDictionary", "SetCookie"),

        .. Properties(SinkKinds.MailHeader, "System.Net.Mail.MailMessage", "Subject"),
        .. Parameters(SinkKinds.MailHeader, "MimeKit.HeaderList", "value", "Add", "Insert", "Replace"),
    ]);

    /// <summary>Members of chat model libraries that take instructions (CWE-1427).</summary>
    public static readonly ImmutableArray<Sink> Prompts = ImmutableArray.CreateRange<Sink>([
        .. Constructors(SinkKinds.Prompt, "OpenAI.Chat.SystemChatMessage", "content"),
        .. Parameters(SinkKinds.Prompt, "OpenAI.Chat.ChatMessage", "content", "CreateSystemMessage"),
        Sink.ConstructorParameter(SinkKinds.Prompt, "Microsoft.Extensions.AI.ChatMessage", "content", when: static site => site.Argument("role") is IPropertyReferenceOperation { Property.Name: "System" }),
        .. Parameters(SinkKinds.Prompt, "Microsoft.SemanticKernel.ChatCompletion.ChatHistory", "content", "AddSystemMessage"),
        .. Constructors(SinkKinds.Prompt, "Microsoft.SemanticKernel.ChatCompletion.ChatHistory", "systemMessage"),
    ]);

    private static bool HasArguments(SinkSite site) => site.Operation is IInvocationOperation { TargetMethod.Parameters.Length: > 1 };

    private static bool IsSetCookie(object? name) => name is string text && text.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase);

    private static bool IsRiskyVariable(object? name) =>
        name is string text && text.ToUpperInvariant() is "PATH" or "LD_PRELOAD" or "LD_LIBRARY_PATH" or "DYLD_INSERT_LIBRARIES" or "COMSPEC" or "DOTNET_STARTUP_HOOKS" or "PATHEXT" or "COR_PROFILER" or "CORECLR_PROFILER_PATH";

    /// <summary>Headers of a System.Web or HttpListener response, or of a mail; ASP.NET Core has its own type.</summary>
    private static bool IsHeaderCollection(SinkSite site)
    {
        IOperation? receiver = site.Operation switch
        {
            IInvocationOperation call => call.Instance,
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation indexer } => indexer.Instance,
            _ => null,
        };
        return receiver?.WithoutConversions() is IPropertyReferenceOperation { Property: { Name: "Headers", ContainingType.Name: "HttpResponse" or "HttpResponseBase" or "HttpListenerResponse" or "MailMessage" } };
    }
}

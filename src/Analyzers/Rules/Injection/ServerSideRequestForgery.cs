using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>CWE-918: input as the host of a request. A URL out of another server's answer is that server's business.</summary>
internal static class ServerSideRequestForgery
{
    /// <summary>The property of a finding that tells what input decides: <c>host</c> or <c>path</c>.</summary>
    public const string Controls = "controls";

    private static readonly ImmutableDictionary<string, string?> s_path = ImmutableDictionary<string, string?>.Empty.Add(Controls, "path");
    private static readonly ImmutableDictionary<string, string?> s_host = ImmutableDictionary<string, string?>.Empty.Add(Controls, "host");

    /// <summary>The rule. Behind a fixed host input can still leave its path segment, which is a lesser problem; in a query it is data.</summary>
    public static readonly TaintRule Rule = new(
        RuleCatalogue.ServerSideRequestForgery, SourceKinds.Untrusted & ~(SourceKinds.RemoteResponse | SourceKinds.FileName), SinkKinds.RequestHost | SinkKinds.RequestPath | SinkKinds.ConnectionHost)
    {
        MessageArguments = static flow => ControlsHost(flow)
            ? [flow.SourceText, flow.SinkText, "host", "check it against a fixed set of hosts"]
            : [flow.SourceText, flow.SinkText, "path", "encode it with Uri.EscapeDataString"],
        Review = static flow => Review(flow),
    };

    private static TaintVerdict Review(TaintFlow flow)
    {
        if (ControlsHost(flow))
            return new TaintVerdict(true, null, s_host);
        return flow.KnownPrefix.IndexOf('?') >= 0 || flow.KnownPrefix.Length == 0 ? TaintVerdict.Drop : new TaintVerdict(true, DiagnosticSeverity.Info, s_path);
    }

    private static bool ControlsHost(TaintFlow flow) => (flow.SinkKinds & (SinkKinds.RequestHost | SinkKinds.ConnectionHost)) != 0;
}

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Injection.Decisions;

/// <summary>The types through which code reads what a client says about itself.</summary>
internal sealed class ClientTypes
{
    private static readonly string[] s_requests =
        ["Microsoft.AspNetCore.Http.HttpRequest", "System.Web.HttpRequest", "System.Web.HttpRequestBase", "System.Net.HttpListenerRequest", "Microsoft.Owin.IOwinRequest"];

    // What the methods of the program answer, by the number of calls that led there: helpers are asked from many branches.
    private readonly ConcurrentDictionary<(IMethodSymbol Method, int Steps), string?> _answers = new();
    private readonly HashSet<INamedTypeSymbol> _requests = new(SymbolEqualityComparer.Default);
    private readonly INamedTypeSymbol? _controller;
    private readonly INamedTypeSymbol? _hostEntry;

    private ClientTypes(KnownTypes types)
    {
        foreach (INamedTypeSymbol request in s_requests.Select(types.Find).OfType<INamedTypeSymbol>())
            _requests.Add(request);
        _controller = types.Find("Microsoft.AspNetCore.Mvc.ControllerBase");
        _hostEntry = types.Find("System.Net.IPHostEntry");
        HasSessions = types.Find("Microsoft.AspNetCore.Http.ISession") is not null || types.Find("System.Web.SessionState.HttpSessionState") is not null;
    }

    /// <summary>Whether the compilation knows sessions.</summary>
    public bool HasSessions { get; }

    /// <summary>The types; null where the compilation has no requests and no name resolution.</summary>
    public static ClientTypes? Resolve(Compilation compilation)
    {
        var types = new ClientTypes(KnownTypes.For(compilation));
        return types._requests.Count > 0 || types._hostEntry is not null ? types : null;
    }

    /// <summary>What a method's result relies on, looked for once.</summary>
    /// <param name="method">The method's definition.</param>
    /// <param name="steps">The number of calls that led to it.</param>
    /// <param name="find">Looks for it.</param>
    public string? AnswerOf(IMethodSymbol method, int steps, Func<IMethodSymbol, string?> find) =>
        _answers.TryGetValue((method, steps), out string? known) ? known : _answers.GetOrAdd((method, steps), find(method));

    /// <summary>Whether a type is a request.</summary>
    public bool IsRequest(ITypeSymbol? type) => type is INamedTypeSymbol named && _requests.Contains(named.OriginalDefinition);

    /// <summary>Whether a member is the name that reverse DNS gave.</summary>
    public bool IsHostEntry(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type, _hostEntry);

    /// <summary>Whether a parameter is filled from the request.</summary>
    public bool IsRequestParameter(IParameterSymbol parameter)
    {
        if (parameter.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "FromHeaderAttribute" or "FromQueryAttribute" or "FromFormAttribute" or "FromRouteAttribute"))
            return true;
        return _controller is not null && parameter.ContainingSymbol is IMethodSymbol { DeclaredAccessibility: Accessibility.Public, MethodKind: MethodKind.Ordinary, IsStatic: false } method
            && method.ContainingType.IsOrInherits(_controller) && !method.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "NonActionAttribute")
            && !parameter.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "FromServicesAttribute");
    }
}

using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Engine;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sources;

/// <summary>
/// Parameters and properties that a framework fills: actions, page handlers, bound properties, components, hub methods, gRPC services, web services,
/// functions, and the arguments of the program. One instance serves one compilation.
/// </summary>
internal sealed class EntryPointSources : ISourceMatcher
{
    private const SourceKinds Bound = SourceKinds.RequestValue | SourceKinds.BoundObject;

    private readonly KnownTypes _types;
    private readonly INamedTypeSymbol? _controllerBase;
    private readonly INamedTypeSymbol? _pageModel;
    private readonly INamedTypeSymbol? _page;
    private readonly INamedTypeSymbol? _hub;
    private readonly INamedTypeSymbol? _mvc5Controller;
    private readonly INamedTypeSymbol? _apiController;
    private readonly IMethodSymbol? _main;

    /// <summary>Resolves the frameworks' types.</summary>
    public EntryPointSources(Compilation compilation)
    {
        _types = KnownTypes.For(compilation);
        _controllerBase = _types.Find("Microsoft.AspNetCore.Mvc.ControllerBase");
        _pageModel = _types.Find("Microsoft.AspNetCore.Mvc.RazorPages.PageModel");
        _page = _types.Find("Microsoft.AspNetCore.Mvc.RazorPages.PageBase");
        _hub = _types.Find("Microsoft.AspNetCore.SignalR.Hub");
        _mvc5Controller = _types.Find("System.Web.Mvc.Controller");
        _apiController = _types.Find("System.Web.Http.ApiController");
        _main = compilation.GetEntryPoint(default);
    }

    /// <inheritdoc/>
    public SourceKinds Kinds => SourceKinds.Remote | SourceKinds.CommandLine | SourceKinds.QueueMessage | SourceKinds.ChatModelOutput | SourceKinds.RequestHeader;

    /// <inheritdoc/>
    public ImmutableArray<OperationKind> Operations => ImmutableArray<OperationKind>.Empty;

    /// <inheritdoc/>
    public SourceKinds MatchOperation(IOperation operation) => SourceKinds.None;

    /// <inheritdoc/>
    public SourceKinds MatchSymbol(ISymbol symbol) => symbol switch
    {
        IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter => MatchParameter(parameter, method),
        IPropertySymbol property => MatchProperty(property),
        _ => SourceKinds.None,
    };

    /// <inheritdoc/>
    public string? Describe(ISymbol? symbol, IOperation? operation) => symbol switch
    {
        IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter when SymbolEqualityComparer.Default.Equals(method, _main) => "program argument '" + parameter.Name + "'",
        IParameterSymbol parameter => "request parameter '" + parameter.Name + "'",
        IPropertySymbol property => "bound property '" + property.Name + "'",
        _ => null,
    };

    private SourceKinds MatchParameter(IParameterSymbol parameter, IMethodSymbol method)
    {
        if (SymbolEqualityComparer.Default.Equals(method, _main))
            return parameter.Type.TypeKind == TypeKind.Array ? SourceKinds.CommandLine : SourceKinds.None;
        if (method.MethodKind != MethodKind.Ordinary || method.ContainingType is not { } type)
            return SourceKinds.None;
        if (IsController(type) && IsAction(method))
            return Request(parameter);
        if (IsPageHandler(type, method))
            return Request(parameter);
        if (_hub is not null && type.IsOrInherits(_hub) && IsAction(method))
            return RequestParameters.IsFromRequest(parameter, isMinimalApi: false) ? SourceKinds.RemoteCall : SourceKinds.None;
        if (IsGrpcMethod(method))
            return parameter.Type.Name is "ServerCallContext" or "IServerStreamWriter" ? SourceKinds.None : SourceKinds.RemoteCall;
        return MatchByAttribute(parameter, method);
    }

    private static SourceKinds Request(IParameterSymbol parameter)
    {
        if (!RequestParameters.IsFromRequest(parameter, isMinimalApi: false) || IsValidated(parameter))
            return SourceKinds.None;
        if (HasAttribute(parameter, "FromHeaderAttribute"))
            return SourceKinds.RequestHeader;
        return RequestParameters.IsBoundObject(parameter.Type) ? Bound : SourceKinds.RequestValue;
    }

    /// <summary>Whether an attribute allows only harmless text, and something refuses requests with other text: the framework or the action itself.</summary>
    private static bool IsValidated(IParameterSymbol parameter)
    {
        AttributeData? pattern = parameter.GetAttributes().FirstOrDefault(static one => one.AttributeClass?.Name == "RegularExpressionAttribute");
        if (pattern is not { ConstructorArguments: [{ Value: string text }, ..] } || !RegexGuards.IsAnchoredAllowList(text))
            return false;
        return HasInheritedAttribute(parameter.ContainingType, "ApiControllerAttribute")
            || parameter.ContainingSymbol.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax().DescendantTokens().Any(static token => token.ValueText == "ModelState"));
    }

    private bool IsController(INamedTypeSymbol type)
    {
        if ((_mvc5Controller is not null && type.IsOrInherits(_mvc5Controller)) || (_apiController is not null && type.IsOrInherits(_apiController)))
            return true;
        if (_controllerBase is null || type.TypeKind != TypeKind.Class || HasInheritedAttribute(type, "NonControllerAttribute"))
            return false;
        return type.IsOrInherits(_controllerBase) || type.Name.EndsWith("Controller", StringComparison.Ordinal) || HasInheritedAttribute(type, "ControllerAttribute");
    }

    private static bool IsAction(IMethodSymbol method) =>
        method is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsGenericMethod: false }
        && !HasAttribute(method, "NonActionAttribute")
        && method.OverriddenMethod?.ContainingType is not { SpecialType: SpecialType.System_Object };

    private bool IsPageHandler(INamedTypeSymbol type, IMethodSymbol method) =>
        method is { DeclaredAccessibility: Accessibility.Public, IsStatic: false } && method.Name.StartsWith("On", StringComparison.Ordinal)
        && (method.Name.StartsWith("OnGet", StringComparison.Ordinal) || method.Name.StartsWith("OnPost", StringComparison.Ordinal) || method.Name.StartsWith("OnPut", StringComparison.Ordinal)
            || method.Name.StartsWith("OnDelete", StringComparison.Ordinal) || method.Name.StartsWith("OnPatch", StringComparison.Ordinal) || method.Name.StartsWith("OnHead", StringComparison.Ordinal))
        && ((_pageModel is not null && type.IsOrInherits(_pageModel)) || (_page is not null && type.IsOrInherits(_page)));

    /// <summary>A service base that the gRPC compiler made carries BindServiceMethodAttribute.</summary>
    private static bool IsGrpcMethod(IMethodSymbol method)
    {
        for (IMethodSymbol? slot = method.OverriddenMethod; slot is not null; slot = slot.OverriddenMethod)
        {
            if (slot.ContainingType.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "BindServiceMethodAttribute"))
                return true;
        }

        return false;
    }

    private static SourceKinds MatchByAttribute(IParameterSymbol parameter, IMethodSymbol method)
    {
        foreach (AttributeData attribute in method.GetAttributes())
        {
            switch (attribute.AttributeClass?.Name)
            {
                case "WebMethodAttribute" or "OperationContractAttribute" or "ScriptMethodAttribute" or "WebInvokeAttribute" or "WebGetAttribute" or "JSInvokableAttribute":
                    return SourceKinds.RemoteCall;
                case "FunctionAttribute" or "FunctionNameAttribute":
                    return FunctionInput(parameter);
                case "LambdaFunctionAttribute":
                    return RequestParameters.IsFromRequest(parameter, isMinimalApi: true) ? SourceKinds.RemoteCall : SourceKinds.None;
                case "KernelFunctionAttribute" or "McpServerToolAttribute":
                    return RequestParameters.IsFromRequest(parameter, isMinimalApi: true) ? SourceKinds.ChatModelOutput : SourceKinds.None;
                case "CapSubscribeAttribute":
                    return SourceKinds.QueueMessage;
            }
        }

        return ImplementsOperation(method) ? SourceKinds.RemoteCall : SourceKinds.None;
    }

    private static SourceKinds FunctionInput(IParameterSymbol parameter)
    {
        foreach (AttributeData attribute in parameter.GetAttributes())
        {
            switch (attribute.AttributeClass?.Name)
            {
                case "HttpTriggerAttribute":
                    return parameter.Type.Name is "HttpRequest" or "HttpRequestData" ? SourceKinds.None : SourceKinds.RequestValue;
                case "QueueTriggerAttribute" or "ServiceBusTriggerAttribute" or "EventHubTriggerAttribute" or "EventGridTriggerAttribute" or "KafkaTriggerAttribute" or "RabbitMQTriggerAttribute"
                    or "CosmosDBTriggerAttribute" or "BlobTriggerAttribute" or "SignalRTriggerAttribute":
                    return SourceKinds.QueueMessage;
                case "FromQueryAttribute" or "FromBodyAttribute" or "FromRouteAttribute" or "FromFormAttribute":
                    return SourceKinds.RequestValue;
            }
        }

        // Route parameters of an HTTP-triggered function have no attribute.
        bool isHttp = parameter.ContainingSymbol is IMethodSymbol method && method.Parameters.Any(static one => HasAttribute(one, "HttpTriggerAttribute"));
        return isHttp && parameter.Type.SpecialType == SpecialType.System_String ? SourceKinds.RequestValue : SourceKinds.None;
    }

    /// <summary>Implements a method of a WCF contract.</summary>
    private static bool ImplementsOperation(IMethodSymbol method)
    {
        if (method.DeclaredAccessibility != Accessibility.Public || method.IsStatic)
            return false;
        foreach (INamedTypeSymbol contract in method.ContainingType.AllInterfaces)
        {
            if (!HasAttribute(contract, "ServiceContractAttribute"))
                continue;
            foreach (ISymbol operation in contract.GetMembers(method.Name))
            {
                if (HasAttribute(operation, "OperationContractAttribute") && SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(operation), method))
                    return true;
            }
        }

        return false;
    }

    private static SourceKinds MatchProperty(IPropertySymbol property)
    {
        if (property.SetMethod is null || property.IsStatic)
            return SourceKinds.None;
        foreach (AttributeData attribute in property.GetAttributes())
        {
            switch (attribute.AttributeClass?.Name)
            {
                case "BindPropertyAttribute" or "SupplyParameterFromQueryAttribute" or "SupplyParameterFromFormAttribute" or "FromRouteAttribute" or "FromQueryAttribute" or "FromFormAttribute"
                    or "FromBodyAttribute":
                    return RequestParameters.IsBoundObject(property.Type) ? Bound : SourceKinds.RequestValue;
                case "FromHeaderAttribute":
                    return SourceKinds.RequestHeader;
                case "ParameterAttribute" when attribute.AttributeClass.ContainingNamespace.IsNamed("Microsoft.AspNetCore.Components"):
                    if (IsRouteParameter(property))
                        return SourceKinds.RequestValue;
                    break;
            }
        }

        bool bindsAll = property.DeclaredAccessibility == Accessibility.Public && HasInheritedAttribute(property.ContainingType, "BindPropertiesAttribute");
        return bindsAll ? Bound : SourceKinds.None;
    }

    /// <summary>A component's parameter that its route names: <c>@page "/product/{Name}"</c>.</summary>
    private static bool IsRouteParameter(IPropertySymbol property)
    {
        foreach (AttributeData attribute in property.ContainingType.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "RouteAttribute" && attribute.ConstructorArguments.Length > 0 && attribute.ConstructorArguments[0].Value is string template
                && (template.IndexOf("{" + property.Name, StringComparison.OrdinalIgnoreCase) >= 0 || template.IndexOf("{*" + property.Name, StringComparison.OrdinalIgnoreCase) >= 0))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasAttribute(ISymbol symbol, string name) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == name);

    private static bool HasInheritedAttribute(INamedTypeSymbol type, string name)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (HasAttribute(current, name))
                return true;
        }

        return false;
    }
}

using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>Sorts rows into a <see cref="MemberModel"/>.</summary>
internal static class MemberModelBuilder
{
    /// <summary>Adds one row when it fits the member's parameters.</summary>
    public static void Add(ref MemberModel? model, ModelRow row, ISymbol member, bool exact, TaintModel owner)
    {
        switch (row)
        {
            case Source source:
                AddSource(ref model, source, member, exact, owner);
                break;
            case Sink sink:
                AddSink(ref model, sink, member, exact, owner);
                break;
            case Sanitizer sanitizer:
                (model ??= new MemberModel()).Sanitizers.Add(sanitizer);
                break;
            case Validator validator when Position(member, validator.ParameterName, out int position):
                (model ??= new MemberModel()).Validators.Add((position, validator));
                break;
            case Overwrite overwrite when Position(member, overwrite.ParameterName, out int position):
                (model ??= new MemberModel()).Overwrites.Add((position, overwrite));
                break;
            case Propagator propagator when Fits(member, propagator):
                model ??= new MemberModel();
                model.Propagators ??= new List<Propagator>();
                if (propagator.From is not null)
                    model.Propagators.Add(propagator);
                break;
        }
    }

    /// <summary>The parameters of a method or indexer.</summary>
    public static ImmutableArray<IParameterSymbol> Parameters(ISymbol member) => member switch
    {
        IMethodSymbol method => method.Parameters,
        IPropertySymbol property => property.Parameters,
        _ => ImmutableArray<IParameterSymbol>.Empty,
    };

    /// <summary>The position of a parameter by name; null as name gives -1.</summary>
    public static bool Position(ISymbol member, string? name, out int position)
    {
        position = -1;
        if (name is null)
            return true;
        foreach (IParameterSymbol parameter in Parameters(member))
        {
            if (parameter.Name == name)
            {
                position = parameter.Ordinal;
                return true;
            }
        }

        return false;
    }

    private static bool Fits(ISymbol member, Propagator propagator) =>
        Position(member, propagator.From?.ParameterName, out _) && Position(member, propagator.To?.ParameterName, out _);

    private static void AddSource(ref MemberModel? model, Source source, ISymbol member, bool exact, TaintModel owner)
    {
        if (!Position(member, source.ParameterName, out int position))
            return;
        if (source.Place == SourcePlace.ImplementedParameter && exact && source.TypeName == member.ContainingType.ToDisplayString())
            return;
        model ??= new MemberModel();
        SourceKinds kinds = source.Kinds & owner.ActiveSources;
        model.SourceKinds |= kinds;
        switch (source.Place)
        {
            case SourcePlace.Result:
                model.ResultSource |= kinds;
                model.ResultText ??= source.Description;
                break;
            case SourcePlace.Argument:
                model.ArgumentSources.Add((position, source));
                break;
            case SourcePlace.DelegateParameters:
                model.DelegateSources.Add((position, source));
                break;
            default:
                model.EntrySources.Add((position, source));
                break;
        }
    }

    private static void AddSink(ref MemberModel? model, Sink sink, ISymbol member, bool exact, TaintModel owner)
    {
        if (!Position(member, sink.ParameterName, out int position))
            return;
        if (sink.Place == SinkPlace.ImplementedResult && exact)
            return;
        model ??= new MemberModel();
        model.SinkKinds |= sink.Kinds & owner.ActiveSinks;
        if (sink.Place == SinkPlace.Parameter)
            model.ParameterSinks.Add((position, sink));
        else
            model.OtherSinks.Add(sink);
    }
}

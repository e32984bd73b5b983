using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>Interns the roots of places and the steps of one analysis. Not thread-safe; each solver has its own.</summary>
internal sealed class PlaceTable
{
    /// <summary>The longest access path that is made now.</summary>
    public int MaximumDepth { get; set; } = Place.MaximumDepth;

    private readonly List<Place> _parameters = new();
    private readonly List<Place> _callbacks = new();
    private Place? _this;
    private readonly Dictionary<ISymbol, Place> _statics = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, Step> _members = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<object, Step> _keys = new();
    private readonly List<Step> _items = new();

    /// <summary>The object itself.</summary>
    public Place This => _this ??= new Place(this, PlaceRoot.This, 0, null);

    /// <summary>A parameter.</summary>
    public Place Parameter(int ordinal) => Numbered(_parameters, PlaceRoot.Parameter, ordinal);

    /// <summary>What an unknown delegate returned.</summary>
    public Place CallbackResult(int number) => Numbered(_callbacks, PlaceRoot.CallbackResult, number);

    /// <summary>A static field or property.</summary>
    public Place Static(ISymbol member)
    {
        if (!_statics.TryGetValue(member, out Place? place))
            _statics.Add(member, place = new Place(this, PlaceRoot.Static, 0, member));
        return place;
    }

    /// <summary>The step to a field, property or captured variable.</summary>
    public Step Member(ISymbol member)
    {
        ISymbol definition = member.OriginalDefinition;
        if (!_members.TryGetValue(definition, out Step? step))
            _members.Add(definition, step = new Step(definition, null));
        return step;
    }

    /// <summary>The step to the element with a constant key or index.</summary>
    public Step Key(object key)
    {
        if (!_keys.TryGetValue(key, out Step? step))
            _keys.Add(key, step = new Step(null, key));
        return step;
    }

    /// <summary>The step to an item of a tuple or to the content of one of several type parameters, by position.</summary>
    public Step Item(int position)
    {
        while (_items.Count <= position)
            _items.Add(new Step(null, null));
        return _items[position];
    }

    private Place Numbered(List<Place> places, PlaceRoot root, int number)
    {
        while (places.Count <= number)
            places.Add(new Place(this, root, places.Count, null));
        return places[number];
    }
}

using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>
/// A member that values are left in for other methods. Members of the analysed code are one place whatever the object; members of a library type
/// are told apart by the field that holds the object, because two <c>Aes</c> in two fields have nothing to do with each other.
/// </summary>
/// <param name="Owner">The field or property that holds the object, for members of libraries; null when it is not known or not needed.</param>
/// <param name="Member">The member.</param>
internal readonly record struct MemberKey(ISymbol? Owner, ISymbol Member)
{
    /// <summary>A member and the member before it on the path.</summary>
    public static MemberKey Of(ISymbol? before, ISymbol member) => new(member.IsInSource() ? null : before, member);

    /// <summary>The last member on a place's path.</summary>
    public static MemberKey Of(Place place)
    {
        if (Named(place) is not { } last)
            return new MemberKey(null, place.Symbol!);
        ISymbol? before = Named(last.Parent)?.Step?.Member ?? (place.Root == PlaceRoot.Static ? place.Symbol : null);
        return Of(before, last.Step!.Member!);
    }

    private static Place? Named(Place? place)
    {
        while (place is not null && place.Step?.Member is null)
            place = place.Parent;
        return place;
    }

    /// <inheritdoc/>
    public bool Equals(MemberKey other) => SymbolEqualityComparer.Default.Equals(Member, other.Member) && SymbolEqualityComparer.Default.Equals(Owner, other.Owner);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked(SymbolEqualityComparer.Default.GetHashCode(Member) ^ (SymbolEqualityComparer.Default.GetHashCode(Owner) * 31));
}

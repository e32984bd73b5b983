using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Rules.Flow;

namespace SecurityToolchain.Analyzers.Rules.Cryptography.Nonces;

/// <summary>Which nonces have been used since they were last filled.</summary>
internal sealed class NonceState : IFlowState<NonceState>
{
    private readonly HashSet<EncryptionSite> _used;

    public NonceState()
        : this([])
    {
    }

    private NonceState(HashSet<EncryptionSite> used) => _used = used;

    public NonceState Copy() => new([.. _used]);

    public bool Join(NonceState other)
    {
        int before = _used.Count;
        _used.UnionWith(other._used);
        return _used.Count != before;
    }

    /// <summary>Marks a nonce as used.</summary>
    public void Use(EncryptionSite site) => _used.Add(site);

    /// <summary>Forgets uses of a variable that has been assigned or filled, as nonce or as key.</summary>
    public void Refresh(ISymbol symbol) => _used.RemoveWhere(site =>
        SymbolEqualityComparer.Default.Equals(site.Nonce, symbol) || SymbolEqualityComparer.Default.Equals(site.Key, symbol));

    /// <summary>Forgets uses of fields and properties of these names, because a method of the same object writes them.</summary>
    public void RefreshMembers(ICollection<string> names)
    {
        if (names.Count > 0)
            _used.RemoveWhere(site => site.Nonce is IFieldSymbol or IPropertySymbol && names.Contains(site.Nonce.Name));
    }

    /// <summary>An earlier use of the same nonce under a key that may be the same; null when there is none.</summary>
    public EncryptionSite? EarlierUse(EncryptionSite site)
    {
        EncryptionSite? earliest = null;
        foreach (EncryptionSite used in _used)
        {
            bool sameKey = used.Key is null || site.Key is null || SymbolEqualityComparer.Default.Equals(used.Key, site.Key);
            if (sameKey
                && SymbolEqualityComparer.Default.Equals(used.Nonce, site.Nonce)
                && (earliest is not { } known || used.Place.SpanStart < known.Place.SpanStart))
            {
                earliest = used;
            }
        }

        return earliest;
    }
}

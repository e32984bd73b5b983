using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>The built-in rows and matchers, before they are resolved against a compilation (see <c>ModelRow.Resolve</c>).</summary>
internal sealed partial class TaintLibrary
{
    private TaintLibrary(Builder builder)
    {
        Sources = builder.Sources.ToImmutable();
        Sinks = builder.Sinks.ToImmutable();
        Sanitizers = builder.Sanitizers.ToImmutable();
        Validators = builder.Validators.ToImmutable();
        Propagators = builder.Propagators.ToImmutable();
        Overwrites = builder.Overwrites.ToImmutable();
        Prefixes = builder.Prefixes.ToImmutable();
        SourceMatchers = builder.SourceMatchers.ToImmutable();
        SinkMatchers = builder.SinkMatchers.ToImmutable();
        GuardMatchers = builder.GuardMatchers.ToImmutable();
    }

    /// <summary>The built-in library; rows only, so one instance serves all compilations.</summary>
    public static TaintLibrary BuiltIn { get; } = Create(null);

    /// <summary>Sources.</summary>
    public ImmutableArray<Source> Sources { get; }

    /// <summary>Sinks.</summary>
    public ImmutableArray<Sink> Sinks { get; }

    /// <summary>Sanitizers.</summary>
    public ImmutableArray<Sanitizer> Sanitizers { get; }

    /// <summary>Validators.</summary>
    public ImmutableArray<Validator> Validators { get; }

    /// <summary>Propagators.</summary>
    public ImmutableArray<Propagator> Propagators { get; }

    /// <summary>Overwrites.</summary>
    public ImmutableArray<Overwrite> Overwrites { get; }

    /// <summary>Texts that make what follows them harmless.</summary>
    public ImmutableArray<PrefixSanitizer> Prefixes { get; }

    /// <summary>Makers of source matchers; a maker returns null when the compilation lacks the types.</summary>
    public ImmutableArray<Func<Compilation, ISourceMatcher?>> SourceMatchers { get; }

    /// <summary>Makers of sink matchers.</summary>
    public ImmutableArray<Func<Compilation, ISinkMatcher?>> SinkMatchers { get; }

    /// <summary>Makers of guard matchers.</summary>
    public ImmutableArray<Func<Compilation, IGuardMatcher?>> GuardMatchers { get; }

    /// <summary>Every row, for the test that resolves each against the real libraries.</summary>
    public IEnumerable<ModelRow> Rows =>
        Sources.Cast<ModelRow>().Concat(Sinks).Concat(Sanitizers).Concat(Validators).Concat(Propagators).Concat(Overwrites);

    /// <summary>The built-in rows and more.</summary>
    public static TaintLibrary Create(Action<Builder>? more)
    {
        var builder = new Builder();
        AddCore(builder);
        AddInjection(builder);
        AddCryptography(builder);
        AddSecrets(builder);
        more?.Invoke(builder);
        return new TaintLibrary(builder);
    }

    /// <summary>Collects rows while the library is made.</summary>
    internal sealed class Builder
    {
        internal ImmutableArray<Source>.Builder Sources { get; } = ImmutableArray.CreateBuilder<Source>();

        internal ImmutableArray<Sink>.Builder Sinks { get; } = ImmutableArray.CreateBuilder<Sink>();

        internal ImmutableArray<Sanitizer>.Builder Sanitizers { get; } = ImmutableArray.CreateBuilder<Sanitizer>();

        internal ImmutableArray<Validator>.Builder Validators { get; } = ImmutableArray.CreateBuilder<Validator>();

        internal ImmutableArray<Propagator>.Builder Propagators { get; } = ImmutableArray.CreateBuilder<Propagator>();

        internal ImmutableArray<Overwrite>.Builder Overwrites { get; } = ImmutableArray.CreateBuilder<Overwrite>();

        internal ImmutableArray<PrefixSanitizer>.Builder Prefixes { get; } = ImmutableArray.CreateBuilder<PrefixSanitizer>();

        internal ImmutableArray<Func<Compilation, ISourceMatcher?>>.Builder SourceMatchers { get; } = ImmutableArray.CreateBuilder<Func<Compilation, ISourceMatcher?>>();

        internal ImmutableArray<Func<Compilation, ISinkMatcher?>>.Builder SinkMatchers { get; } = ImmutableArray.CreateBuilder<Func<Compilation, ISinkMatcher?>>();

        internal ImmutableArray<Func<Compilation, IGuardMatcher?>>.Builder GuardMatchers { get; } = ImmutableArray.CreateBuilder<Func<Compilation, IGuardMatcher?>>();

        /// <summary>Adds sources.</summary>
        public void Add(ImmutableArray<Source> rows) => Sources.AddRange(rows);

        /// <summary>Adds sinks.</summary>
        public void Add(ImmutableArray<Sink> rows) => Sinks.AddRange(rows);

        /// <summary>Adds sanitizers.</summary>
        public void Add(ImmutableArray<Sanitizer> rows) => Sanitizers.AddRange(rows);

        /// <summary>Adds validators.</summary>
        public void Add(ImmutableArray<Validator> rows) => Validators.AddRange(rows);

        /// <summary>Adds propagators.</summary>
        public void Add(ImmutableArray<Propagator> rows) => Propagators.AddRange(rows);

        /// <summary>Adds overwrites.</summary>
        public void Add(ImmutableArray<Overwrite> rows) => Overwrites.AddRange(rows);

        /// <summary>Adds prefixes.</summary>
        public void Add(ImmutableArray<PrefixSanitizer> rows) => Prefixes.AddRange(rows);

        /// <summary>Adds a maker of a source matcher.</summary>
        public void Add(Func<Compilation, ISourceMatcher?> maker) => SourceMatchers.Add(maker);

        /// <summary>Adds a maker of a sink matcher.</summary>
        public void Add(Func<Compilation, ISinkMatcher?> maker) => SinkMatchers.Add(maker);

        /// <summary>Adds a maker of a guard matcher.</summary>
        public void Add(Func<Compilation, IGuardMatcher?> maker) => GuardMatchers.Add(maker);
    }
}

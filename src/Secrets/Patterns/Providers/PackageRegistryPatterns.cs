using static SecurityToolchain.Secrets.Patterns.Alphabet;
using static SecurityToolchain.Secrets.Patterns.PatternFactory;
using static SecurityToolchain.Secrets.Patterns.Segment;

namespace SecurityToolchain.Secrets.Patterns.Providers;

/// <summary>Package and artefact registries. Sources: each registry's own token documentation.</summary>
internal static class PackageRegistryPatterns
{
    public static readonly SecretPattern[] All =
    [
        Token("npm-access-token", "npm", "npm_", Base62, 36, Checksums.Crc32Base62.Validate),
        NamedUuid("npm-legacy-token", "npm", "npmtoken", "npmauthtoken", "authtoken"),
        // NuGet.org: base 32 of a GUID-based key; version and variant bits fix some characters.
        Shape("nuget-api-key", "NuGet", Text("oy2"), Run(new Alphabet("abcdefghijklmnop"), 1), Run(LowerAlnum, 15), Run(new Alphabet("aq"), 1), Run(LowerAlnum, 11), Run(new Alphabet("eu"), 1), Run(LowerAlnum, 14)),
        Token("pypi-upload-token", "PyPI", "pypi-AgEIcHlwaS5vcmc", Base64Url, 50, 1000),
        Token("testpypi-upload-token", "PyPI", "pypi-AgENdGVzdC5weXBpLm9yZw", Base64Url, 50, 1000),
        Token("rubygems-api-token", "RubyGems", "rubygems_", LowerHex, 48),
        Token("crates-io-token", "crates.io", "cio", Base62, 32),
        Token("clojars-api-token", "Clojars", "CLOJARS_", LowerAlnum, 60),
        Token("packagist-organization-read-token", "Packagist", "packagist_ort_", LowerHex, 68),
        Token("packagist-organization-update-token", "Packagist", "packagist_out_", LowerHex, 68),
        Token("packagist-user-update-token", "Packagist", "packagist_uut_", LowerHex, 68),
        Token("artifactory-api-key", "JFrog", "AKCp", Base62, 69),
        Token("artifactory-reference-token", "JFrog", "cmVmdGtu", Base62, 56),
        Named("jfrog-api-key", "JFrog", ["jfrog", "artifactory", "bintray", "xray"], Base62, 73),
        Named("jfrog-identity-token", "JFrog", ["jfrog", "artifactory", "bintray", "xray"], Base62, 64),
        Token("docker-hub-pat", "Docker", "dckr_pat_", Base64Url, 27),
        Token("docker-hub-organization-token", "Docker", "dckr_oat_", Base64Url, 32),
        Named("cloudsmith-api-key", "Cloudsmith", ["cloudsmith"], LowerHex, 40),
        Named("gemfury-token", "Gemfury", ["gemfury"], Base64Url, 20),
        Named("hex-api-key", "Hex.pm", ["hexapikey", "hexpm"], LowerHex, 32),
        Token("anaconda-token", "Anaconda", "an-", LowerHex, 36),
    ];
}

using System.Text;
using SecurityToolchain.Scanning.Deployment;

namespace SecurityToolchain.Scanning.Tests.Deployment;

public sealed class DeploymentTests
{
    private static readonly string Root = FindRoot();

    private static FileScanResult Scan(string name, string text) => new ScanEngine(new ScanOptions
    {
        Analyzers = [new DockerfileAnalyzer(), new YamlAnalyzer(), new XmlConfigurationAnalyzer(), new AppSettingsAnalyzer()],
    }).ScanBytes(name, Encoding.UTF8.GetBytes(text));

    private static string[] Rules(string name, string text)
    {
        FileScanResult result = Scan(name, text);
        Assert.Empty(result.Issues);
        return [.. result.Findings.Select(f => $"{f.RuleId}:{f.Location.Line}").Order(StringComparer.Ordinal)];
    }

    private const string Pinned = "FROM a:1@sha256:0000000000000000000000000000000000000000000000000000000000000000\n";

    [Theory]
    [InlineData("USER 1000\n")]
    [InlineData("USER app\nRUN curl -o x https://a/b && sha256sum -c sums\n", "")]
    [InlineData("RUN ls\n", "STC8060:1")]
    [InlineData("USER 1\nUSER root\n", "STC8060:3")]
    [InlineData("USER 1\nUSER 0:0\n", "STC8060:3")]
    [InlineData("USER 1\nRUN curl -sSL https://a | sh\n", "STC8062:3")]
    [InlineData("USER 1\nRUN apt-get install -y x && \\\n  wget -qO- https://a | sudo bash -s -- -y\n", "STC8062:3")]
    [InlineData("USER 1\nRUN bash -c \"$(curl -fsSL https://a)\"\n", "STC8062:3")]
    [InlineData("USER 1\nRUN <<EOF\nset -e\ncurl https://a | sh\nUSER root\nEOF\nCOPY a b\n", "STC8062:3")]
    [InlineData("USER 1\nRUN cat <<'EOF' >x\nUSER root\nEOF\nRUN curl https://a | sh\n", "STC8062:6")]
    [InlineData("USER 1\nRUN echo $((1 <<N))\nUSER root\n", "STC8060:4")]
    [InlineData("USER 1\nRUN curl https://a | tar xz\n")]
    [InlineData("USER 1\nADD https://a/b /c\n", "STC8063:3")]
    [InlineData("USER 1\nADD --checksum=sha256:00 https://a/b /c\n")]
    [InlineData("USER 1\n# RUN curl https://a | sh\nCOPY a b\n")]
    public void Dockerfile_Rules_ReportTheLine(string rest, params string[] expected) =>
        Assert.Equal(expected.Where(static e => e.Length > 0), Rules("Dockerfile", Pinned + rest));

    [Fact]
    public void Dockerfile_Stages_AreUnderstood()
    {
        Assert.Equal(["STC8061:1"], Rules("Dockerfile", "FROM sdk AS build\nRUN x\nFROM build AS test\nFROM scratch\nCOPY --from=build a b\nUSER 5\n"));
        Assert.Equal(1, (int)Assert.Single(Scan("Dockerfile", "FROM a:latest\nUSER 1\n").Findings).Severity);
        Assert.Equal(0, (int)Assert.Single(Scan("Dockerfile", "FROM host:5000/a:1.2\nUSER 1\n").Findings).Severity);
        Assert.Empty(Rules("Dockerfile", "ARG BASE\nFROM $BASE\nUSER 1\n"));
    }

    private static string Pod(string spec, string container) => $$$"""
        apiVersion: v1
        kind: Pod
        metadata: {name: p, labels: {app: web}}
        spec:
          {{{spec}}}
          containers:
          - name: c
            image: a@sha256:0000000000000000000000000000000000000000000000000000000000000000
            resources: {limits: {memory: 1Gi}}
            securityContext: { {{{container}}} }
        """;

    private const string Restricted = "runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}";

    [Fact]
    public void Kubernetes_Pods_AreJudged()
    {
        Assert.Empty(Rules("a.yaml", Pod("hostNetwork: false", Restricted)));
        Assert.Equal(["STC8064:5"], Rules("a.yaml", Pod("hostNetwork: true", Restricted)));
        Assert.Equal(["STC8064:5"], Rules("a.yaml", Pod("volumes: [{name: v, hostPath: {path: /}}]", Restricted)));
        Assert.Equal(["STC8064:10"], Rules("a.yaml", Pod("hostPID: false", Restricted + ", privileged: true")));
        Assert.Equal(["STC8065:7"], Rules("a.yaml", Pod("hostPID: false", "runAsNonRoot: true")));
        Assert.Equal(["STC8065:7", "STC8066:7"], Rules("a.yaml", Pod("hostPID: false", "").Replace("limits", "requests", StringComparison.Ordinal)));
        Assert.Empty(Rules("a.yaml", "kind: Pod\nspec: {hostNetwork: true}\nsteps:\n"));
    }

    [Fact]
    public void Kubernetes_NetworkPolicy_HasToSelectAPodOfTheFile()
    {
        string policy = "\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: n}\nspec: {podSelector: {matchLabels: {app: LABEL}}}\n";
        string pod = Pod("hostPID: false", Restricted);
        Assert.Empty(Rules("a.yaml", pod + policy.Replace("LABEL", "web", StringComparison.Ordinal)));
        Assert.Equal(["STC8067:15"], Rules("a.yaml", pod + policy.Replace("LABEL", "wep", StringComparison.Ordinal)));
        Assert.Empty(Rules("a.yaml", policy));
    }

    [Fact]
    public void Workflow_Rules_ReportTheLine()
    {
        string workflow = """
            on: {pull_request_target: {}}
            permissions: write-all
            jobs:
              a:
                steps:
                - uses: actions/checkout@0123456789012345678901234567890123456789
                  with: {ref: "${{ github.event.pull_request.head.sha }}"}
                - uses: someone/action@v1
                - uses: ./local
                - run: echo "${{ github.event.issue.title }}"
                - run: echo "${{ github.event.issue.number }} ${{ github.sha }}"
                - env: {T: "${{ github.event.issue.title }}"}
                  run: echo "$T"
                - run: |
                    curl https://a | bash
            """;
        Assert.Equal(["STC8062:14", "STC8068:10", "STC8069:8", "STC8070:6", "STC8071:2"], Rules(".github/workflows/a.yml", workflow));
    }

    [Fact]
    public void AzurePipeline_UntrustedMacro_IsReported() =>
        Assert.Equal(["STC8068:3"], Rules("azure-pipelines.yml", "jobs:\n- job: a\n  steps: [{script: 'echo $(Build.SourceVersionMessage)'}, {script: 'echo $(Build.BuildId)'}]\n"));

    [Fact]
    public void NuGetConfig_Sources_AreJudged()
    {
        string one = "<configuration><config><add key='signatureValidationMode' value='MODE'/></config><packageSources><clear/>\n<add key='a' value='https://a/v3/index.json'/>SECOND</packageSources>MAPPING</configuration>";
        string Make(string second, string mapping) => one.Replace("SECOND", second, StringComparison.Ordinal).Replace("MAPPING", mapping, StringComparison.Ordinal).Replace("MODE", "require", StringComparison.Ordinal);
        Assert.Empty(Rules("nuget.config", Make("", "")));
        Assert.Equal(["STC8073:2"], Rules("NuGet.Config", Make("<add key='b' value='https://b'/>", "")));
        Assert.Empty(Rules("nuget.config", Make("<add key='b' value='https://b'/>", "<packageSourceMapping><packageSource key='a'><package pattern='*'/></packageSource></packageSourceMapping>")));
        Assert.Equal(["STC8072:3"], Rules("nuget.config", Make("\n<add key='b' value='http://b'/>", "<packageSourceMapping><packageSource key='a'/></packageSourceMapping>")));
        Assert.Empty(Rules("nuget.config", Make("<add key='local' value='packages'/>", "")));
        Assert.Equal(["STC8072:3"], Rules("nuget.config", Make("\n<add key='b' value='https://b' disableTLSCertificateValidation='true'/>", "<packageSourceMapping><packageSource key='a'/></packageSourceMapping>")));
        Assert.Equal(["STC8076:1"], Rules("nuget.config", Make("", "").Replace("'require'", "'accept'", StringComparison.Ordinal)));
        Assert.Equal(0, (int)Assert.Single(Scan("nuget.config", Make("", "").Replace("signatureValidationMode", "other", StringComparison.Ordinal)).Findings, static f => f.RuleId == "STC8076").Severity);
    }

    [Fact]
    public void Kubernetes_RightsOfTheNode_AreReported()
    {
        Assert.Equal(["STC8064:10"], Rules("a.yaml", Pod("hostPID: false", Restricted.Replace("{drop: [ALL]}", "{drop: [ALL], add: [NET_BIND_SERVICE, CAP_SYS_ADMIN]}", StringComparison.Ordinal))));
        Assert.Equal(["STC8064:10"], Rules("a.yaml", Pod("hostPID: false", Restricted + ", procMount: Unmasked")));
        Assert.Equal(["STC8065:7"], Rules("a.yaml", Pod("hostPID: false", Restricted + ", seccompProfile: {type: Unconfined}")));
        Assert.Equal(["STC8064:9"], Rules("a.yaml", Pod("hostPID: false", Restricted).Replace("resources:", "ports: [{hostPort: 80}]\n    resources:", StringComparison.Ordinal)));
        string list = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  spec: {hostNetwork: true}\n";
        Assert.Equal(["STC8064:6"], Rules("a.yaml", list));
    }

    [Theory]
    [InlineData("kind: ClusterRole\nrules:\n- {apiGroups: ['*'], resources: ['*'], verbs: ['*']}\n", "STC8077:4")]
    [InlineData("kind: ClusterRole\nrules:\n- {apiGroups: [''], resources: ['pods'], verbs: ['*']}\n")]
    [InlineData("kind: ClusterRoleBinding\nroleRef: {kind: ClusterRole, name: cluster-admin}\n", "STC8077:3")]
    [InlineData("kind: ClusterRoleBinding\nroleRef: {kind: ClusterRole, name: view}\n")]
    public void Kubernetes_Roles_AreJudged(string text, params string[] expected) => Assert.Equal(expected, Rules("a.yaml", "apiVersion: rbac.authorization.k8s.io/v1\n" + text));

    [Theory]
    [InlineData("NetworkPolicy", "spec: {podSelector: {matchExpressions: [{key: app, operator: In, values: [web, api]}]}}")]
    [InlineData("NetworkPolicy", "spec: {podSelector: {matchExpressions: [{key: app, operator: In, values: [api]}]}}", "STC8067:14")]
    [InlineData("NetworkPolicy", "spec: {podSelector: {matchExpressions: [{key: app, operator: DoesNotExist}]}}", "STC8067:14")]
    [InlineData("NetworkPolicy", "spec: {podSelector: {}}")]
    [InlineData("Service", "spec: {selector: {app: web}}")]
    [InlineData("Service", "spec: {selector: {app: wep}}", "STC8067:14")]
    [InlineData("Service", "spec: {externalName: a.example.com}")]
    [InlineData("PodDisruptionBudget", "spec: {selector: {matchLabels: {app: other}}}", "STC8067:14")]
    public void Kubernetes_Selectors_HaveToSelectAPodOfTheFile(string kind, string spec, params string[] expected) =>
        Assert.Equal(expected, Rules("a.yaml", Pod("hostPID: false", Restricted) + $"\n---\napiVersion: v1\nkind: {kind}\n{spec}\n"));

    [Fact]
    public void Pipelines_ImagesAndRepositories_HaveToBePinned()
    {
        Assert.Equal(["STC8061:3", "STC8061:4", "STC8061:6"], Rules(".github/workflows/a.yml", "jobs:\n  a:\n    container: node:20\n    services: {db: {image: 'postgres'}}\n    steps:\n    - uses: docker://alpine:3\n"));
        string azure = "resources:\n  repositories:\n  - repository: templates\n    type: git\n    ref: REF\n  containers:\n  - {container: c, image: 'ubuntu:22.04'}\nsteps: []\n";
        Assert.Equal(["STC8061:7", "STC8069:3"], Rules("azure-pipelines.yml", azure.Replace("REF", "refs/heads/main", StringComparison.Ordinal)));
        Assert.Equal(["STC8061:7"], Rules("azure-pipelines.yml", azure.Replace("REF", new string('a', 40), StringComparison.Ordinal)));
    }

    [Fact]
    public void BuildFile_Commands_AreNotes_InlineTasksAndDownloadsWarn()
    {
        FileScanResult result = Scan("a.targets", "<Project><Target><Exec Command='ls'/></Target><UsingTask TaskFactory='RoslynCodeTaskFactory'/><Target><DownloadFile SourceUrl='https://x'/><Exec Command='curl https://a | sh'/></Target></Project>");
        Assert.Equal([(0, "STC8075"), (1, "STC8075"), (1, "STC8075"), (2, "STC8062")], result.Findings.Select(f => ((int)f.Severity, f.RuleId)).Order());
    }

    [Fact]
    public void Settings_DebugSwitches_CountOutsideDevelopment()
    {
        const string Text = "{\n  // comment\n  \"DetailedErrors\": true,\n  \"Other\": \"x\",\n}";
        Assert.Equal(["STC8074:3"], Rules("appsettings.json", Text));
        Assert.Empty(Rules("appsettings.Development.json", Text));
        Assert.Equal(["STC8074:1"], Rules("web.config", "<configuration><system.web><compilation debug=\"true\"/></system.web></configuration>"));
    }

    [Fact]
    public void Malformed_Files_AreIncompleteNotClean()
    {
        Assert.Equal(ScanIssueKind.Malformed, Assert.Single(Scan("a.csproj", "<Project><a></Project>").Issues).Kind);
        Assert.Equal(ScanIssueKind.Malformed, Assert.Single(Scan("appsettings.json", "{ \"a\": ").Issues).Kind);
        Assert.Equal(ScanIssueKind.Malformed, Assert.Single(Scan("a.yaml", "apiVersion: v1\nkind: " + new string('[', 5000)).Issues).Kind);
        Assert.Equal(ScanIssueKind.Malformed, Assert.Single(Scan("a.csproj", "<!DOCTYPE a [<!ENTITY b 'c'>]><Project>&b;</Project>").Issues).Kind);
    }

    [Fact]
    public async Task OwnDeployment_PassesItsOwnScan()
    {
        ScanReport report = await new ScanEngine(new ScanOptions { RootDirectory = Root }).ScanAsync(["deploy"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(report.FileCount >= 3);
        Assert.Empty(report.Findings.Where(f => f.Severity > Scanning.Reports.FindingSeverity.Note).Select(f => f.Location.Path + ": " + f.Message));
        Assert.True(report.IsComplete);
    }

    private static string FindRoot()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "SecurityToolchain.sln")))
            directory = Path.GetDirectoryName(directory);
        return directory ?? throw new InvalidOperationException("The repository was not found.");
    }
}

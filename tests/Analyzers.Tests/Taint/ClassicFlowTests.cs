namespace SecurityToolchain.Analyzers.Tests.Taint;

/// <summary>Code as it is written for .NET Framework: every source, flows through containers and classes, and twins that constants make safe.</summary>
public sealed class ClassicFlowTests
{
    [Fact]
    public Task ClassicFlows_OnNetFramework() => LineVerifier.VerifyFrameworkAsync("STC1001 STC1003 STC1004 STC1005 STC1008 STC1009 STC1010 STC1011 STC1012 STC1013 STC1014 STC1016 STC1017 STC1019", """
        namespace T {
         using System.Web; using System.Data.SqlClient; using System.Net.Sockets; using System.DirectoryServices; using System.Xml.XPath; using System.CodeDom.Compiler; using Microsoft.CSharp; using System.Data;
         abstract class Base { public abstract void Bad(HttpRequest req, HttpResponse resp); private static bool PRIVATE_STATIC_TRUE = true; }
         class IOx { public static readonly bool STATIC_READONLY_TRUE = true; public static bool STATIC_TRUE = true; public const bool CT = true; public static bool StaticReturnsTrue() { return true; } public static readonly int FIVE = 5; public static bool StaticReturnsTrueOrFalse() { return new Random().Next(2) == 1; } }
         class A01 : Base { public override void Bad(HttpRequest req, HttpResponse resp) {
           string data = "";
           try { using (TcpClient tcpConn = new TcpClient("host.example.org", 39544)) { using (StreamReader sr = new StreamReader(tcpConn.GetStream())) { data = sr.ReadLine(); } } } catch (IOException e) { Console.WriteLine(e); }
           using (SqlConnection c = new SqlConnection("x")) { using (SqlCommand k = new SqlCommand()) { string[] names = data.Split('-'); k.Connection = c;
              for (int i = 0; i < names.Length; i++) { k.CommandText += "update users set hitcount=hitcount+1 where name='" + names[i] + "';"; } // finds STC1001
              k.ExecuteNonQuery(); } } } 
           void GoodG2B() { string data = "foo"; using (SqlCommand k = new SqlCommand()) { k.CommandText = "insert '" + data + "'"; } }
           void GoodB2G(HttpRequest req) { string data = req.Params.Get("name"); using (SqlCommand k = new SqlCommand("select @n")) { k.Parameters.Add(new SqlParameter("@n", data)); } } }
         class A02 : Base { public override void Bad(HttpRequest req, HttpResponse resp) { string data; if (IOx.STATIC_READONLY_TRUE) { data = req.Params.Get("name"); } else { data = null; }
           if (data != null) { resp.Write("<br>Bad(): data = " + data); } } // finds STC1011
           void Good(HttpRequest req, HttpResponse resp) { string data; if (IOx.STATIC_READONLY_TRUE) { data = "foo"; } else { data = req.Params.Get("name"); } resp.Write("<br>" + data); }
           void Good2(HttpRequest req, HttpResponse resp) { string data; if (IOx.FIVE != 5) { data = req.Params.Get("name"); } else { data = "foo"; } resp.Write("<br>" + data); }
           void Good3(HttpRequest req, HttpResponse resp) { string data; switch (6) { case 6: data = "foo"; break; default: data = req.Params.Get("name"); break; } resp.Write("<br>" + data); }
           void Good4(HttpRequest req, HttpResponse resp) { string data; if (IOx.StaticReturnsTrue()) { data = "foo"; } else { data = req.Params.Get("name"); } resp.Write("<br>" + data); }
           void Good5(HttpRequest req, HttpResponse resp) { string data = req.Params.Get("name"); while (true) { data = "foo"; break; } resp.Write("<br>" + data); }
           void Good6(HttpRequest req, HttpResponse resp) { string data; data = req.Params.Get("name"); for (int j = 0; j < 1; j++) { data = "foo"; } resp.Write("<br>" + data); }
           private bool pt = true; private int p5 = 5; private static bool spt = true;
           void Good7(HttpRequest req, HttpResponse resp) { string data; if (pt) data = "foo"; else data = req.Params.Get("name"); if (p5 == 5) resp.Write(data); if (!spt) resp.Write(req.Params.Get("name")); }
           void Good8(HttpRequest req, HttpResponse resp) { string data = req.Params.Get("name"); resp.Write("<br>" + HttpUtility.HtmlEncode(data)); } }
         class A03 : Base { private string dataM; private static string dataS; public override void Bad(HttpRequest req, HttpResponse resp) { dataM = req.QueryString["id"]; dataS = req.Cookies["x"].Value; B2(resp); } void B2(HttpResponse resp) { 
           resp.Redirect(dataM); // finds STC1012
           resp.AddHeader("Location", "/author.jsp?lang=" + dataS); // finds STC1014
           } }
         class A04 : Base { public override void Bad(HttpRequest req, HttpResponse resp) { string data = Environment.GetEnvironmentVariable("ADD"); string root; if (Path.IsPathRooted(data)) { } root = "C:\\uploads\\";
           if (File.Exists(root + data)) { using (StreamReader sr = new StreamReader(root + data)) { Console.WriteLine(sr.ReadLine()); } } // finds STC1005
           Process p = Process.Start("/bin/sh", "-c ls " + data); // finds STC1003
           } }
         class A05 : Base { public override void Bad(HttpRequest req, HttpResponse resp) { string data; using (WebClient client = new WebClient()) using (StreamReader sr = new StreamReader(client.OpenRead("http://www.example.org/"))) { data = sr.ReadLine(); }
           using (DirectoryEntry de = new DirectoryEntry()) using (DirectorySearcher search = new DirectorySearcher(de)) { search.Filter = "(&(objectClass=user)(employeename=" + data + "))"; } // finds STC1008
           XPathNavigator nav = new XPathDocument("x").CreateNavigator(); string[] tokens = data.Split("||".ToCharArray()); string q = "//users/user[name/text()='" + tokens[0] + "' and pass/text()='" + tokens[1] + "']/secret/text()"; 
           string secret = (string)nav.Evaluate(q); // finds STC1009
           string code = "public static string F() { return \"" + data + "\"; }"; var prov = new CSharpCodeProvider(); CompilerResults cr = prov.CompileAssemblyFromSource(new CompilerParameters(), code); // finds STC1016
           Type t = Type.GetType(data); object o = Activator.CreateInstance(t); // finds STC1017
           } }
         class A06 : Base { public override void Bad(HttpRequest req, HttpResponse resp) { string data; using (StreamReader sr = new StreamReader("data.txt")) { data = sr.ReadLine(); } 
           using (SqlConnection c = new SqlConnection()) { c.ConnectionString = "Data Source=(local);Initial Catalog=" + data; } // finds STC1019
           Console.WriteLine(data, "x"); // finds STC1019
           string s = string.Format(data, 1); // finds STC1019
           resp.AppendCookie(new HttpCookie("lang", data)); // finds STC1014
           resp.StatusDescription = "<br>" + data; // finds STC1011
           resp.AppendHeader("X", data); // finds STC1014
           } }
         class A07 : Base { public override void Bad(HttpRequest req, HttpResponse resp) { string data = null; using (SqlConnection c = new SqlConnection("x")) using (SqlCommand k = new SqlCommand("select name from users where id=0", c)) using (SqlDataReader dr = k.ExecuteReader()) { while (dr.Read()) data = dr.GetString(0); }
           resp.Write("<img src=\"" + data + "\">"); // finds STC1011
           List<string> l = new List<string>(); l.Add(data); Sink(l); Hashtable(new System.Collections.Hashtable(5) { { 0, data } }, resp); } 
           void Sink(List<string> l) { Process.Start("/bin/sh", "-c ls " + l[0]); } // finds STC1003
           void Hashtable(System.Collections.Hashtable h, HttpResponse resp) { string d = (string)h[0]; resp.Write("<p>" + d); } } // finds STC1011
         class A08 : Base { delegate void D(string s, HttpResponse r); public override void Bad(HttpRequest req, HttpResponse resp) { string data = Console.ReadLine(); D d = B; d(data, resp); byte[] ser = null; using (var ms = new MemoryStream()) { new System.Runtime.Serialization.Formatters.Binary.BinaryFormatter().Serialize(ms, data); ser = ms.ToArray(); } Ser(ser, resp); Linked(new LinkedList<string>(new[] { data }), resp); Box b = new Box(); b.One = data; Cont(b, resp); object obj = data; Obj(obj, resp); }
           class Box { public string One { get; set; } public string Two; }
           void B(string s, HttpResponse r) { r.Write("<p>" + s); } // finds STC1011
           void Ser(byte[] b, HttpResponse r) { using (var ms = new MemoryStream(b)) { string s = (string)new System.Runtime.Serialization.Formatters.Binary.BinaryFormatter().Deserialize(ms); r.Write("<p>" + s); } } // finds STC1011
           void Linked(LinkedList<string> l, HttpResponse r) { string s = l.Last.Value; r.Write("<p>" + s); } // finds STC1011
           void Cont(Box b, HttpResponse r) { string s = b.One; r.Write("<p>" + s); } // finds STC1011
           void Obj(object o, HttpResponse r) { string s = (string)o; r.Write("<p>" + s); } // finds STC1011
         }
         class A09 : Base { public override void Bad(HttpRequest req, HttpResponse resp) { string data = Src(req); new A09b().S2(data, resp); } static string Src(HttpRequest req) { string d = ""; foreach (string k in req.Form.AllKeys) d = req.Form[k]; if (req.ServerVariables["QUERY_STRING"] != null) { var st = req.ServerVariables["QUERY_STRING"].Split('&'); foreach (var t in st) if (t.StartsWith("id=")) d = t.Substring(3); } return d; } }
         class A09b { public void S2(string d, HttpResponse r) { new A09c().S3(d, r); } } class A09c { public void S3(string d, HttpResponse r) { r.Write("<p>" + d); } } // finds STC1011
        }
        """, "remote, local, stored");
}

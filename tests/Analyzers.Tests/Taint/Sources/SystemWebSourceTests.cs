namespace SecurityToolchain.Analyzers.Tests.Taint.Sources;

/// <summary>System.Web, Web Forms, asmx and WCF on .NET Framework.</summary>
public sealed class SystemWebSourceTests
{
    [Fact]
    public Task RequestsControlsAndServices_AreSources() => LineVerifier.VerifyFrameworkAsync("STC1005 STC1011 STC1012 STC1014", """
        public class H : System.Web.IHttpHandler { public bool IsReusable => true; public void ProcessRequest(System.Web.HttpContext c) {
         File.Delete(c.Request.QueryString["x"]); // finds STC1005
         File.Delete(c.Request.Form["x"]); // finds STC1005
         File.Delete(c.Request["x"]); // finds STC1005
         File.Delete(c.Request.Params["x"]); // finds STC1005
         File.Delete(c.Request.Headers["x"]); // finds STC1005
         File.Delete(c.Request.Cookies["x"].Value); // finds STC1005
         File.Delete(c.Request.RawUrl); // finds STC1005
         File.Delete(c.Request.Url.LocalPath); // finds STC1005
         File.Delete(c.Request.Files[0].FileName); // finds STC1005
         File.Delete(c.Request.UserAgent); // finds STC1005
         File.Delete(c.Server.MapPath(c.Request.QueryString["x"])); // finds STC1005
         using (var r = new StreamReader(c.Request.InputStream)) File.Delete(r.ReadToEnd()); // finds STC1005
         File.Delete("/d/" + c.Request.ContentLength); File.Delete("/d/" + int.Parse(c.Request["x"]));
         c.Response.Write(c.Request["x"]); // finds STC1011
         c.Response.Redirect(c.Request["x"]); // finds STC1012
         c.Response.Write(c.Server.HtmlEncode(c.Request["x"])); c.Response.AddHeader("x", c.Request["x"]); // finds STC1014
         } }
        public class Pg : System.Web.UI.Page { protected System.Web.UI.WebControls.TextBox T; protected System.Web.UI.WebControls.Label L; protected System.Web.UI.WebControls.FileUpload U; protected System.Web.UI.WebControls.DropDownList D;
         protected void Page_Load(object s, EventArgs e) { File.Delete(Request["x"]); // finds STC1005
          File.Delete(T.Text); // finds STC1005
          L.Text = T.Text; // finds STC1011
          L.Text = Server.HtmlEncode(T.Text); U.SaveAs("/d/" + U.FileName); // finds STC1005
          File.Delete(D.SelectedValue); // finds STC1005
          File.Delete(Page.RouteData.Values["x"].ToString()); // finds STC1005
          } }
        public class Ws : System.Web.Services.WebService { [System.Web.Services.WebMethod] public string A(string f) { return File.ReadAllText(f); } // finds STC1005
          public string B(string f) { return File.ReadAllText(f); } }
        [System.ServiceModel.ServiceContract] public interface ISvc { [System.ServiceModel.OperationContract] string A(string f); string B(string f); [System.ServiceModel.OperationContract] string C(Dto d); }
        [System.Runtime.Serialization.DataContract] public class Dto { [System.Runtime.Serialization.DataMember] public string Name { get; set; } }
        public class Svc : ISvc { public string A(string f) { return File.ReadAllText(f); } // finds STC1005
         public string B(string f) { return File.ReadAllText(f); }
         public string C(Dto d) { return File.ReadAllText(d.Name); } } // finds STC1005
        """);

    [Fact]
    public Task Mvc5AndWebApi2_AreSources() => LineVerifier.VerifyFrameworkAsync("STC1005 STC1012", """
        namespace System.Web.Mvc { public abstract class ControllerBase { } public abstract class Controller : ControllerBase { public System.Web.HttpRequestBase Request { get { return null; } } protected internal RedirectResult Redirect(string url) { return null; } protected bool TryUpdateModel<T>(T model) where T : class { return true; } } public class ActionResult { } public class RedirectResult : ActionResult { public RedirectResult(string url) { } } public class NonActionAttribute : Attribute { } public class HttpPostAttribute : Attribute { } public class FormCollection : System.Collections.Specialized.NameValueCollection { } public class UrlHelper { public bool IsLocalUrl(string url) { return true; } } }
        namespace System.Web.Http { public abstract class ApiController { public System.Net.Http.HttpRequestMessage Request { get; set; } } public class FromUriAttribute : Attribute { } public class FromBodyAttribute : Attribute { } }
        namespace App { 
         public class HomeController : System.Web.Mvc.Controller { public System.Web.Mvc.ActionResult A(string id) { File.Delete(id); // finds STC1005
          return Redirect(id); } // finds STC1012
          public System.Web.Mvc.ActionResult B(System.Web.Mvc.FormCollection f) { File.Delete(f["x"]); // finds STC1005
           File.Delete(Request.QueryString["x"]); // finds STC1005
           return null; } [System.Web.Mvc.NonAction] public void C(string id) { File.Delete(id); } public void D(int id) { File.Delete("/d/" + id); } 
          public void E(System.Web.HttpPostedFileBase f) { f.SaveAs("/d/" + f.FileName); } } // finds STC1005
         public class ApiC : System.Web.Http.ApiController { public string Get(string id) { return File.ReadAllText(id); } // finds STC1005
          public string Post([System.Web.Http.FromBody] Dto d) { return File.ReadAllText(d.Name); } // finds STC1005
          public string Get2([System.Web.Http.FromUri] Dto d) { return File.ReadAllText(d.Name); } // finds STC1005
          public async Task<string> P2() { var t = await Request.Content.ReadAsStringAsync(); return File.ReadAllText(t); } // finds STC1005
          public string P3() { return File.ReadAllText(Request.RequestUri.LocalPath); } // finds STC1005
          public string P4() { IEnumerable<string> v; Request.Headers.TryGetValues("x", out v); return File.ReadAllText(v.First()); } // finds STC1005
          }
         public class Dto { public string Name { get; set; } } }
        """);
}
